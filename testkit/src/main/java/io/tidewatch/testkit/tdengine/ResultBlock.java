package io.tidewatch.testkit.tdengine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/** Frames that answer a fetch: a block of rows, or the end of them. */
final class ResultBlock {
  /** Rows of a block. */
  static final int ROWS = 4096;

  private static final int COLUMN_WISE = 0x80000000;

  private ResultBlock() {}

  static ByteBuf end(long request, long result) {
    return header(request, result).writeByte(1);
  }

  static ByteBuf of(long request, long result, List<Column> columns, List<Object[]> rows) {
    ByteBuf block = block(columns, rows);
    return header(request, result).writeByte(0).writeIntLE(block.readableBytes()).writeBytes(block);
  }

  private static ByteBuf header(long request, long result) {
    return Unpooled.buffer()
        .writeLongLE(-1)
        .writeLongLE(7)
        .writeShortLE(1)
        .writeLongLE(Session.TIMING_NS)
        .writeLongLE(request)
        .writeIntLE(0) // no error
        .writeIntLE(0) // and no text of one
        .writeLongLE(result);
  }

  private static ByteBuf block(List<Column> columns, List<Object[]> rows) {
    ByteBuf values = Unpooled.buffer();
    ByteBuf lengths = Unpooled.buffer();
    for (int i = 0; i < columns.size(); i++) {
      lengths.writeIntLE(
          columns.get(i).type().variable()
              ? writeTexts(values, columns.get(i).type(), rows, i)
              : writeFixed(values, columns.get(i).type(), rows, i));
    }
    int total = 28 + 5 * columns.size() + lengths.readableBytes() + values.readableBytes() + 1;
    ByteBuf block =
        Unpooled.buffer(total)
            .writeIntLE(1)
            .writeIntLE(total)
            .writeIntLE(rows.size())
            .writeIntLE(columns.size())
            .writeIntLE(COLUMN_WISE)
            .writeLongLE(0);
    for (Column column : columns) {
      block.writeByte(column.type().code()).writeIntLE(column.bytes());
    }
    return block.writeBytes(lengths).writeBytes(values).writeByte(0);
  }

  /** A bit a row, set where it has no value, then the values. Returns the bytes of the latter. */
  private static int writeFixed(ByteBuf out, ColumnType type, List<Object[]> rows, int column) {
    byte[] missing = new byte[(rows.size() + 7) / 8];
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i)[column] == null) {
        missing[i / 8] |= (byte) (0x80 >> (i % 8));
      }
    }
    out.writeBytes(missing);
    for (Object[] row : rows) {
      if (row[column] == null) {
        out.writeZero(type.width());
      } else {
        type.write(out, row[column]);
      }
    }
    return rows.size() * type.width();
  }

  /** The place of each text, −1 for none, then the texts. Returns the bytes of the latter. */
  private static int writeTexts(ByteBuf out, ColumnType type, List<Object[]> rows, int column) {
    ByteBuf texts = Unpooled.buffer();
    for (Object[] row : rows) {
      if (row[column] == null) {
        out.writeIntLE(-1);
      } else {
        out.writeIntLE(texts.readableBytes());
        byte[] text = type.resultBytes((String) row[column]);
        texts.writeShortLE(text.length).writeBytes(text);
      }
    }
    int length = texts.readableBytes();
    out.writeBytes(texts);
    return length;
  }
}
