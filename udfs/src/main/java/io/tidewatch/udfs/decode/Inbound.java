package io.tidewatch.udfs.decode;

import io.tidewatch.schemas.reject.Rejected;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * What a source delivers for one message: the record, or the refusal. Sources have no side output,
 * so both travel in one stream until {@link SplitRejectedFunction} parts them. Sources decode,
 * because watermarks per partition need the event time there (docs/adr/0002).
 *
 * @param value the record; null when it was refused
 * @param rejected the refusal; null when there is a record
 */
public record Inbound<T>(@Nullable T value, @Nullable Rejected rejected) {

  public static <T> Inbound<T> of(T value) {
    return new Inbound<>(value, null);
  }

  public static <T> Inbound<T> of(Rejected rejected) {
    return new Inbound<>(null, rejected);
  }

  /** Flink-native type of an inbound record of that class. */
  @SuppressWarnings("unchecked") // the class literal of a generic record is raw
  public static <T> TypeInformation<Inbound<T>> typeInfo(Class<T> valueType) {
    return (TypeInformation<Inbound<T>>)
        (TypeInformation<?>)
            Types.POJO(
                Inbound.class,
                Map.of(
                    "value", TypeInformation.of(valueType),
                    "rejected", TypeInformation.of(Rejected.class)));
  }
}
