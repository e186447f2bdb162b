package io.tidewatch.udfs.decode;

import io.tidewatch.schemas.reject.Rejected;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * A {@link SplitRejectedFunction} that ends event time when its input ends, also that of a source
 * which is idle. Flink's outputs let no watermark of an idle source through, not even the last one
 * of a drain: the windows that are open would neither fire nor be in any later run.
 */
public final class SplitRejectedOperator<T> extends ProcessOperator<Inbound<T>, T>
    implements BoundedOneInput {
  private static final long serialVersionUID = 1;

  private boolean ended;

  SplitRejectedOperator(OutputTag<Rejected> rejectedTag) {
    super(new SplitRejectedFunction<>(rejectedTag));
  }

  /**
   * The records of a source, the refused in a side output.
   *
   * @param uid of the operator, and its name
   */
  public static <T> SingleOutputStreamOperator<T> split(
      DataStream<Inbound<T>> source, OutputTag<Rejected> rejectedTag, Class<T> type, String uid) {
    return source
        .transform(uid, TypeInformation.of(type), new SplitRejectedOperator<>(rejectedTag))
        .uid(uid);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    ended = ended || Watermark.MAX_WATERMARK.equals(mark);
    super.processWatermark(mark);
  }

  /** Of a drain and of a bounded source; a stop without a drain does not come here. */
  @Override
  public void endInput() throws Exception {
    if (!ended) {
      output.emitWatermarkStatus(WatermarkStatus.ACTIVE);
      processWatermark(Watermark.MAX_WATERMARK);
    }
  }
}
