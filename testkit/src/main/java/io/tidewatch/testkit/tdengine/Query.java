package io.tidewatch.testkit.tdengine;

import io.tidewatch.testkit.tdengine.SqlStatement.Condition;
import io.tidewatch.testkit.tdengine.SqlStatement.Literal;
import io.tidewatch.testkit.tdengine.SqlStatement.Parameter;
import io.tidewatch.testkit.tdengine.SqlStatement.Select;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * A query of one table, or of all tables of a super table, which come one after the other: who
 * wants an order says so.
 */
final class Query {
  private static final Column TABLE_NAME = new Column("tbname", ColumnType.VARCHAR, 270);

  private final Select select;
  private final Precision precision;

  /** Columns, tags, and the name of the table. */
  private final List<Column> columns = new ArrayList<>();

  private final List<Object[]> rows = new ArrayList<>();
  private final int starColumns;

  /**
   * @throws TdengineError when there is no such table
   */
  Query(Select select, Database database) {
    this.select = select;
    this.precision = database.precision();
    String name = select.from().table();
    Table.Super superTable = database.superTable(name);
    Table table = database.table(name);
    if (superTable != null) {
      columns.addAll(superTable.columns());
      columns.addAll(superTable.tags());
      starColumns = columns.size();
      database.tablesOf(superTable).forEach(this::addRows);
    } else if (table != null) {
      columns.addAll(table.columns());
      starColumns = columns.size();
      Table.Super parent = database.parent(name);
      if (parent != null) {
        columns.addAll(parent.tags());
      }
      addRows(table);
    } else {
      throw TdengineError.noTable();
    }
    columns.add(TABLE_NAME);
  }

  private void addRows(Table table) {
    for (Object[] row : table.rows()) {
      Object[] named = Arrays.copyOf(row, row.length + 1);
      named[row.length] = table.name();
      rows.add(named);
    }
  }

  /** How many values are to be bound. */
  static int parameters(Select select) {
    return (int)
        select.where().stream()
            .flatMap(condition -> condition.operands().stream())
            .filter(operand -> operand.value() == Parameter.PARAMETER)
            .count();
  }

  /** The query with its values; none of them is null. */
  static Select bound(Select select, List<Object> values) {
    Iterator<Object> next = values.iterator();
    List<Condition> where = new ArrayList<>();
    for (Condition condition : select.where()) {
      List<Literal> operands = new ArrayList<>();
      for (Literal operand : condition.operands()) {
        operands.add(
            operand.value() == Parameter.PARAMETER
                ? new Literal(next.next(), operand.rest())
                : operand);
      }
      where.add(new Condition(condition.column(), condition.sign(), operands));
    }
    return new Select(
        select.columns(), select.count(), select.from(), where, select.orderBy(), select.limit());
  }

  /**
   * @throws TdengineError when it names a column that is not there
   */
  Outcome.Rows run() {
    int[] projected =
        select.columns().isEmpty()
            ? allOf(starColumns)
            : select.columns().stream().mapToInt(this::place).toArray();
    int[] order = select.orderBy().stream().mapToInt(this::place).toArray();
    List<Object[]> found =
        rows.stream()
            .filter(row -> select.where().stream().allMatch(condition -> meets(row, condition)))
            .sorted((a, b) -> compare(a, b, order))
            .limit(select.limit())
            .toList();
    if (select.count()) {
      return new Outcome.Rows(
          List.of(Column.of("count(*)", ColumnType.BIGINT)),
          List.<Object[]>of(new Object[] {(long) found.size()}),
          Precision.MS);
    }
    return new Outcome.Rows(
        Arrays.stream(projected).mapToObj(columns::get).toList(),
        found.stream()
            .map(row -> Arrays.stream(projected).mapToObj(at -> row[at]).toArray())
            .toList(),
        precision);
  }

  private static int[] allOf(int count) {
    int[] all = new int[count];
    Arrays.setAll(all, i -> i);
    return all;
  }

  private int place(String name) {
    int at = Table.place(columns, name);
    if (at < 0) {
      throw TdengineError.noColumn(name);
    }
    return at;
  }

  private boolean meets(Object[] row, Condition condition) {
    int at = place(condition.column());
    if (row[at] == null) {
      return false;
    }
    return condition.operands().stream()
        .anyMatch(operand -> meets(columns.get(at), row[at], condition.sign(), operand));
  }

  private boolean meets(Column column, Object value, String sign, Literal operand) {
    Object other = operand.value();
    if (other == null) {
      return false;
    }
    if (other == Parameter.PARAMETER) {
      throw TdengineError.syntax(operand.rest());
    }
    int compared = column.compare(value, other, precision);
    return switch (sign) {
      case "=", "in" -> compared == 0;
      case "!=" -> compared != 0;
      case "<" -> compared < 0;
      case "<=" -> compared <= 0;
      case ">" -> compared > 0;
      case ">=" -> compared >= 0;
      default -> throw new IllegalArgumentException(sign);
    };
  }

  /** Missing first. */
  private int compare(Object[] a, Object[] b, int[] order) {
    for (int at : order) {
      int compared =
          a[at] == null || b[at] == null
              ? Boolean.compare(a[at] != null, b[at] != null)
              : columns.get(at).compare(a[at], b[at], precision);
      if (compared != 0) {
        return compared;
      }
    }
    return 0;
  }
}
