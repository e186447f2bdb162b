package io.tidewatch.testkit.tdengine;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What TDengine tells of its databases in a table of its own, {@code ins_databases}. No captured
 * frame shows it: names of columns and the form of {@code keep} are those of TDengine's manual, of
 * which there are more columns.
 */
final class InformationSchema {
  static final String NAME = "information_schema";
  private static final List<Column> COLUMNS =
      List.of(
          Column.of("create_time", ColumnType.TIMESTAMP),
          new Column("name", ColumnType.VARCHAR, 64),
          new Column("precision", ColumnType.VARCHAR, 2),
          new Column("keep", ColumnType.VARCHAR, 32));
  private static final int[] ALL = {0, 1, 2, 3};

  private InformationSchema() {}

  static Database of(Map<String, Database> databases) {
    Table table = new Table("ins_databases", COLUMNS, new Object[0]);
    long time = 0;
    for (Map.Entry<String, Database> each : databases.entrySet()) {
      Database database = each.getValue();
      table.upsert(
          ALL,
          new Object[] {
            time++,
            each.getKey(),
            database.precision().name().toLowerCase(Locale.ROOT),
            "%dd,%1$dd,%1$dd".formatted(database.keepDays())
          });
    }
    Database information = new Database(Precision.MS, Database.KEEP_DAYS);
    Table unused = information.add(table, null);
    return information;
  }
}
