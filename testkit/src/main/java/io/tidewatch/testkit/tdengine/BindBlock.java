package io.tidewatch.testkit.tdengine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * What is bound to a prepared statement: entries, each for one table.
 *
 * @param entries one a table; several of one table may be there
 */
record BindBlock(List<Entry> entries) {
  private static final int HEADER_BYTES = 28;

  /**
   * Values for one table.
   *
   * @param table its name; empty where the statement says it
   * @param tags one value each
   * @param columns as many values in each as there are rows
   */
  record Entry(String table, List<Values> tags, List<Values> columns) {}

  /**
   * Values of one column.
   *
   * @param type its code
   * @param values null is missing
   */
  record Values(int type, Object[] values) {}

  /**
   * @param in from the block on
   * @throws TdengineError when it is not as long as it says
   */
  static BindBlock of(ByteBuf in) {
    ByteBuf block = in.slice();
    if (block.readableBytes() < HEADER_BYTES || block.getIntLE(0) != block.readableBytes()) {
      throw TdengineError.adapter("bind block is not as long as it says");
    }
    int tables = block.getIntLE(4);
    List<String> names = names(block, tables);
    List<List<Values>> tags = values(block, tables, block.getIntLE(8), block.getIntLE(20));
    List<List<Values>> columns = values(block, tables, block.getIntLE(12), block.getIntLE(24));
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < tables; i++) {
      entries.add(new Entry(names.get(i), tags.get(i), columns.get(i)));
    }
    return new BindBlock(entries);
  }

  private static List<String> names(ByteBuf block, int tables) {
    List<String> names = new ArrayList<>();
    int at = block.getIntLE(16);
    int text = at + 2 * tables;
    for (int i = 0; i < tables; i++) {
      if (at == 0) {
        names.add("");
      } else {
        int length = block.getUnsignedShortLE(at + 2 * i);
        if (length < 2) {
          throw TdengineError.adapter("table name is empty");
        }
        names.add(block.toString(text, length - 1, UTF_8));
        text += length;
      }
    }
    return names;
  }

  private static List<List<Values>> values(ByteBuf block, int tables, int count, int at) {
    List<List<Values>> all = new ArrayList<>();
    block.readerIndex(at == 0 ? 0 : at + 4 * tables);
    for (int i = 0; i < tables; i++) {
      List<Values> one = new ArrayList<>();
      for (int j = 0; j < (at == 0 ? 0 : count); j++) {
        one.add(column(block));
      }
      all.add(one);
    }
    return all;
  }

  private static Values column(ByteBuf in) {
    int start = in.readerIndex();
    int length = in.readIntLE();
    int code = in.readIntLE();
    ColumnType type = ColumnType.of(code);
    Object[] values = new Object[in.readIntLE()];
    boolean[] missing = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      missing[i] = in.readByte() != 0;
    }
    int[] lengths = new int[values.length];
    boolean variable = in.readByte() != 0;
    for (int i = 0; i < values.length; i++) {
      lengths[i] = variable ? in.readIntLE() : type.width();
    }
    in.skipBytes(Integer.BYTES);
    for (int i = 0; i < values.length; i++) {
      if (missing[i]) {
        in.skipBytes(lengths[i]);
      } else {
        values[i] = variable ? in.readCharSequence(lengths[i], UTF_8).toString() : type.read(in);
      }
    }
    if (in.readerIndex() != start + length || variable != type.variable()) {
      throw TdengineError.adapter("bound column is not as long as it says");
    }
    return new Values(code, values);
  }
}
