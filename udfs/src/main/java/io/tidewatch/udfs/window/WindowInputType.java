package io.tidewatch.udfs.window;

import io.tidewatch.analytics.window.AccumulatorCodec;
import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** The type of what travels between the two phases of a window. */
public final class WindowInputType<K, I, A> extends TypeInformation<WindowInput<K, I, A>> {
  private static final long serialVersionUID = 1;

  private final TypeInformation<K> keys;
  private final TypeInformation<I> records;
  private final AccumulatorCodec<A> accumulators;

  public WindowInputType(
      TypeInformation<K> keys, TypeInformation<I> records, AccumulatorCodec<A> accumulators) {
    this.keys = keys;
    this.records = records;
    this.accumulators = accumulators;
  }

  @Override
  public TypeSerializer<WindowInput<K, I, A>> createSerializer(SerializerConfig config) {
    return new WindowInputSerializer<>(
        keys.createSerializer(config), records.createSerializer(config), accumulators);
  }

  @Override
  @SuppressWarnings({"unchecked", "rawtypes"}) // a class has no type arguments
  public Class<WindowInput<K, I, A>> getTypeClass() {
    return (Class) WindowInput.class;
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof WindowInputType;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WindowInputType<?, ?, ?> that
        && keys.equals(that.keys)
        && records.equals(that.records)
        && accumulators.getClass() == that.accumulators.getClass();
  }

  @Override
  public int hashCode() {
    return Objects.hash(keys, records, accumulators.getClass());
  }

  @Override
  public String toString() {
    return "WindowInput<" + keys + ", " + records + ">";
  }
}
