package io.tidewatch.testkit.tdengine;

import io.tidewatch.testkit.tdengine.SqlStatement.Insert;
import io.tidewatch.testkit.tdengine.SqlStatement.Literal;
import io.tidewatch.testkit.tdengine.SqlStatement.Name;
import io.tidewatch.testkit.tdengine.SqlStatement.Parameter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The databases of the stand-in, which all connections share, and statements on them. */
final class Databases {
  /** As the captured server says it; the driver refuses less than 3.3.6.0. */
  static final String VERSION = "3.3.7.5.alpha";

  private final Map<String, Database> databases = new LinkedHashMap<>();
  private final Clock clock;

  /**
   * @param clock by which rows are too old
   */
  Databases(Clock clock) {
    this.clock = clock;
  }

  /**
   * @param current database of the connection, where one was chosen
   * @throws TdengineError when the statement cannot be run
   */
  Outcome run(SqlStatement statement, @Nullable String current) {
    if (statement instanceof SqlStatement.CreateDatabase create) {
      if (!databases.containsKey(create.name())) {
        databases.put(create.name(), new Database(create.precision(), create.keepDays()));
      } else if (!create.unlessThere()) {
        throw new TdengineError(0x381, "Database already exists");
      }
    } else if (statement instanceof SqlStatement.DropDatabase drop) {
      if (databases.remove(drop.name()) == null && !drop.ifThere()) {
        throw TdengineError.noDatabase();
      }
    } else if (statement instanceof SqlStatement.Use use) {
      require(use.database());
    } else if (statement instanceof SqlStatement.CreateTable create) {
      create(create, current);
    } else if (statement instanceof SqlStatement.CreateTableOf create) {
      create(create, current);
    } else if (statement instanceof Insert insert) {
      return new Outcome.Written(store(rows(insert, current)));
    } else if (statement instanceof SqlStatement.Select select) {
      return new Query(select, database(select.from(), current)).run();
    } else if (statement instanceof SqlStatement.ServerVersion version) {
      return new Outcome.Rows(
          List.of(new Column(version.as(), ColumnType.VARCHAR, VERSION.length())),
          List.<Object[]>of(new Object[] {VERSION}),
          Precision.MS);
    } else {
      return new Outcome.Rows(
          List.of(Column.of("status", ColumnType.INT)),
          List.<Object[]>of(new Object[] {1L}),
          Precision.MS);
    }
    return new Outcome.Written(0);
  }

  /**
   * @throws TdengineError when there is none of that name
   */
  Database require(String name) {
    Database database =
        name.equals(InformationSchema.NAME) ? InformationSchema.of(databases) : databases.get(name);
    if (database == null) {
      throw TdengineError.noDatabase();
    }
    return database;
  }

  /** The database that a table is in. */
  Database database(Name table, @Nullable String current) {
    String name = table.database() == null ? current : table.database();
    if (name == null) {
      throw TdengineError.noDatabaseNamed();
    }
    return require(name);
  }

  /** Stores all rows or none. */
  int store(List<TableRows> rows) {
    return TableRows.store(rows, clock.millis());
  }

  private void create(SqlStatement.CreateTable create, @Nullable String current) {
    Database database = database(create.name(), current);
    String name = create.name().table();
    if (database.holds(name)) {
      if (!create.unlessThere()) {
        throw TdengineError.exists();
      }
    } else if (create.tags().isEmpty()) {
      database.add(new Table(name, create.columns(), new Object[0]), null);
    } else {
      database.add(new Table.Super(name, create.columns(), create.tags()));
    }
  }

  private void create(SqlStatement.CreateTableOf create, @Nullable String current) {
    Database database = database(create.name(), current);
    if (database.holds(create.name().table()) && !create.unlessThere()) {
      throw TdengineError.exists();
    }
    Table.Super parent = superTable(database(create.superTable(), current), create.superTable());
    database.add(tableOf(parent, create.name().table(), create.tags(), database), parent);
  }

  private static Table.Super superTable(Database database, Name name) {
    Table.Super found = database.superTable(name.table());
    if (found == null) {
      throw TdengineError.noTable();
    }
    return found;
  }

  private static Table tableOf(
      Table.Super parent, String name, List<Literal> tags, Database database) {
    return new Table(name, parent.columns(), values(parent.tags(), tags, database.precision()));
  }

  private List<TableRows> rows(Insert insert, @Nullable String current) {
    List<TableRows> all = new ArrayList<>();
    for (Insert.Rows each : insert.tables()) {
      Name name = each.name();
      if (name == null) {
        throw TdengineError.syntax("?");
      }
      Database database = database(name, current);
      Table.Super parent = null;
      Table table = database.table(name.table());
      if (table == null && each.superTable() != null) {
        parent = superTable(database(each.superTable(), current), each.superTable());
        table = tableOf(parent, name.table(), each.tags(), database);
      }
      if (table == null) {
        throw TdengineError.noTable();
      }
      List<Column> columns = columns(table, each.columns());
      List<Object[]> values = new ArrayList<>();
      for (List<Literal> row : each.rows()) {
        values.add(values(columns, row, database.precision()));
      }
      all.add(new TableRows(database, table, parent, columns, values));
    }
    return all;
  }

  /** Columns of a table by their names, all of them for none. */
  static List<Column> columns(Table table, List<String> names) {
    if (names.isEmpty()) {
      return table.columns();
    }
    List<Column> columns = new ArrayList<>();
    for (String name : names) {
      int at = Table.place(table.columns(), name);
      if (at < 0) {
        throw TdengineError.noColumn(name);
      }
      columns.add(table.columns().get(at));
    }
    return columns;
  }

  private static Object[] values(
      List<Column> columns, List<Literal> literals, Precision precision) {
    if (columns.size() != literals.size()) {
      throw TdengineError.syntax(literals.get(0).rest());
    }
    Object[] values = new Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      Literal literal = literals.get(i);
      if (literal.value() == Parameter.PARAMETER) {
        throw TdengineError.syntax(literal.rest());
      }
      values[i] = columns.get(i).value(literal.value(), precision, literal.rest());
    }
    return values;
  }
}
