package io.tidewatch.testkit.tdengine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tidewatch.testkit.tdengine.SqlStatement.Insert;
import io.tidewatch.testkit.tdengine.SqlStatement.Literal;
import io.tidewatch.testkit.tdengine.SqlStatement.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An {@code INSERT} whose values are bound: into a table, into tables of a super table that are
 * named by {@code tbname}, or {@code INTO ? USING}. Each value must be a parameter.
 */
final class PreparedInsert {
  private static final Column TABLE_NAME = new Column("tbname", ColumnType.VARCHAR, 269);
  private static final int MAX_NAME_BYTES = 192;

  /** What a parameter stands for, with the codes of the protocol. */
  private enum Binding {
    COLUMN(1),
    TAG(2),
    TABLE_NAME(4);

    private final int code;

    Binding(int code) {
      this.code = code;
    }
  }

  private record Field(Column column, Binding binding) {}

  private final Databases databases;
  private final Database database;
  private final @Nullable Table table;
  private final Table.@Nullable Super parent;
  private final List<Field> fields = new ArrayList<>();
  private final List<TableRows> waiting = new ArrayList<>();
  private @Nullable TdengineError dead;

  /**
   * @param current database of the connection, where one was chosen
   * @throws TdengineError when there is no such table
   */
  PreparedInsert(Databases databases, Insert insert, @Nullable String current) {
    Insert.Rows rows = insert.tables().get(0);
    SqlStatement.Name target = rows.superTable() == null ? rows.name() : rows.superTable();
    boolean named = rows.superTable() != null && rows.name() != null;
    if (target == null || named || insert.tables().size() > 1 || !allParameters(rows)) {
      throw TdengineError.adapter("the stand-in binds all values of one table or none");
    }
    this.databases = databases;
    this.database = databases.database(target, current);
    this.parent = database.superTable(target.table());
    this.table = parent == null ? database.table(target.table()) : null;
    if (parent != null) {
      if (rows.name() == null) {
        fields.add(new Field(TABLE_NAME, Binding.TABLE_NAME));
        parent.tags().forEach(tag -> fields.add(new Field(tag, Binding.TAG)));
      }
      addFields(parent, parent.columns(), rows.columns());
    } else if (table != null) {
      addFields(null, table.columns(), rows.columns());
    } else {
      throw TdengineError.noTableToPrepare();
    }
  }

  private static boolean allParameters(Insert.Rows rows) {
    List<Literal> all = new ArrayList<>(rows.tags());
    rows.rows().forEach(all::addAll);
    return rows.rows().size() == 1
        && all.stream().allMatch(literal -> literal.value() == Parameter.PARAMETER);
  }

  private void addFields(
      Table.@Nullable Super superTable, List<Column> columns, List<String> names) {
    if (names.isEmpty()) {
      columns.forEach(column -> fields.add(new Field(column, Binding.COLUMN)));
    }
    for (String name : names) {
      int at = Table.place(columns, name);
      Column tag = superTable == null ? null : superTable.tag(name);
      if (superTable != null && name.equals(TABLE_NAME.name())) {
        fields.add(new Field(TABLE_NAME, Binding.TABLE_NAME));
      } else if (at >= 0) {
        fields.add(new Field(columns.get(at), Binding.COLUMN));
      } else if (tag != null) {
        fields.add(new Field(tag, Binding.TAG));
      } else {
        throw TdengineError.noColumn(name);
      }
    }
  }

  /** What the parameters stand for, as the answer to a prepare tells it. */
  void describe(ArrayNode into) {
    for (Field field : fields) {
      Column column = field.column();
      into.addObject()
          .put("name", column.name())
          .put("field_type", column.type().code())
          .put("precision", column.type() == ColumnType.TIMESTAMP ? database.precision().code() : 0)
          .put("scale", 0)
          .put("bytes", column.bytes())
          .put("bind_type", field.binding().code);
    }
  }

  int parameters() {
    return fields.size();
  }

  /**
   * Takes rows, which are stored by {@link #execute()}. After a refusal the statement is dead: it
   * refuses all that comes, as TDengine's does.
   */
  void bind(BindBlock block) {
    if (dead != null) {
      throw dead;
    }
    try {
      for (BindBlock.Entry entry : block.entries()) {
        waiting.add(rows(entry));
      }
    } catch (TdengineError e) {
      dead = e;
      throw e;
    }
  }

  /** Stores what was bound; none of it when one row is refused. Returns the rows written. */
  int execute() {
    List<TableRows> bound = List.copyOf(waiting);
    waiting.clear();
    return databases.store(bound);
  }

  private TableRows rows(BindBlock.Entry entry) {
    Object[] tags = new Object[parent == null ? 0 : parent.tags().size()];
    List<Column> bound = columns(Binding.TAG, entry.tags());
    for (int i = 0; i < bound.size(); i++) {
      Object value = entry.tags().get(i).values()[0];
      bound.get(i).requireRoom(value);
      if (parent != null) {
        tags[Table.place(parent.tags(), bound.get(i).name())] = value;
      }
    }
    List<Column> columns = columns(Binding.COLUMN, entry.columns());
    List<Object[]> rows = new ArrayList<>();
    for (int row = 0; row < entry.columns().get(0).values().length; row++) {
      Object[] values = new Object[columns.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = entry.columns().get(i).values()[row];
        columns.get(i).requireRoom(values[i]);
      }
      rows.add(values);
    }
    return new TableRows(database, target(entry.table(), tags), parent, columns, rows);
  }

  private Table target(String name, Object[] tags) {
    if (table != null) {
      return table;
    }
    if (name.isEmpty() || name.contains(".")) {
      throw new TdengineError(0x230, "Stmt cache error");
    }
    if (name.getBytes(UTF_8).length > MAX_NAME_BYTES) {
      throw new TdengineError(0x200, "name too long");
    }
    Table there = database.table(name);
    return there != null
        ? there
        : new Table(name, parent == null ? List.of() : parent.columns(), tags);
  }

  /** Columns of the fields of one kind, of which the values must be. */
  private List<Column> columns(Binding binding, List<BindBlock.Values> values) {
    List<Column> columns =
        fields.stream().filter(field -> field.binding() == binding).map(Field::column).toList();
    int[] wanted = columns.stream().mapToInt(column -> column.type().code()).toArray();
    int[] got = values.stream().mapToInt(BindBlock.Values::type).toArray();
    if (!Arrays.equals(wanted, got)) {
      throw TdengineError.adapter(
          "types bound " + Arrays.toString(got) + " are not " + Arrays.toString(wanted));
    }
    return columns;
  }
}
