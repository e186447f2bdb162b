package io.tidewatch.testkit.tdengine;

import io.tidewatch.testkit.tdengine.SqlStatement.Literal;
import io.tidewatch.testkit.tdengine.SqlStatement.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the statements that the stand-in understands, and no others:
 *
 * <pre>
 * CREATE DATABASE [IF NOT EXISTS] d [PRECISION 'ms'|'us'|'ns'] [KEEP days] [VGROUPS n] [BUFFER n]
 * DROP DATABASE [IF EXISTS] d
 * USE d
 * CREATE STABLE|TABLE [IF NOT EXISTS] [d.]t (column type, …) [TAGS (tag type, …)]
 * CREATE TABLE [IF NOT EXISTS] [d.]t USING [d.]s TAGS (value, …)
 * INSERT INTO [d.]t [USING [d.]s TAGS (value, …)] [(column, …)] VALUES (value, …) … [[d.]t …]
 * SELECT *|column, …|COUNT(*) FROM [d.]t [WHERE c sign value|c IN (value, …) [AND …]]
 *     [ORDER BY c, …] [LIMIT n]
 * SELECT column, … FROM information_schema.ins_databases …
 * SELECT SERVER_VERSION() [AS name]
 * SHOW CLUSTER ALIVE
 * </pre>
 *
 * <p>A value is a number, a text, {@code true}, {@code false}, {@code null} or {@code ?}; a sign
 * one of {@code = != <> < <= > >=}. A reserved word is a name only if it is quoted, as in TDengine.
 */
final class SqlParser {
  private static final Set<String> SIGNS = Set.of("=", "!=", "<>", "<", "<=", ">", ">=");

  private final Tokens tokens;

  private SqlParser(String sql) {
    this.tokens = new Tokens(sql);
  }

  /**
   * @throws TdengineError as TDengine's parser has it, for anything else
   */
  static SqlStatement parse(String sql) {
    SqlParser parser = new SqlParser(sql);
    SqlStatement statement = parser.statement();
    parser.tokens.skip(";");
    if (!parser.tokens.atEnd()) {
      throw parser.tokens.refused();
    }
    return statement;
  }

  private SqlStatement statement() {
    if (tokens.skip("create")) {
      return tokens.skip("database") ? createDatabase() : createTable();
    }
    if (tokens.skip("drop")) {
      tokens.expect("database");
      boolean ifThere = tokens.skip("if") && tokens.expect("exists");
      return new SqlStatement.DropDatabase(tokens.name(), ifThere);
    }
    if (tokens.skip("use")) {
      return new SqlStatement.Use(tokens.name());
    }
    if (tokens.skip("insert")) {
      tokens.expect("into");
      return insert();
    }
    if (tokens.skip("select")) {
      return select();
    }
    if (tokens.skip("show")) {
      tokens.expect("cluster");
      tokens.expect("alive");
      return new SqlStatement.ClusterAlive();
    }
    throw tokens.refused();
  }

  private SqlStatement createDatabase() {
    boolean unlessThere = unlessThere();
    String name = tokens.name();
    Precision precision = Precision.MS;
    int keepDays = Database.KEEP_DAYS;
    while (true) {
      if (tokens.skip("precision")) {
        precision = precision();
      } else if (tokens.skip("keep")) {
        keepDays = tokens.number();
      } else if (tokens.skip("vgroups") || tokens.skip("buffer")) {
        tokens.number();
      } else {
        return new SqlStatement.CreateDatabase(name, unlessThere, precision, keepDays);
      }
    }
  }

  private Precision precision() {
    for (Precision precision : Precision.values()) {
      if (tokens.peek().kind() == Token.Kind.TEXT
          && tokens.peek().text().equalsIgnoreCase(precision.name())) {
        tokens.take();
        return precision;
      }
    }
    throw tokens.refused();
  }

  private SqlStatement createTable() {
    if (!tokens.skip("stable")) {
      tokens.expect("table");
    }
    boolean unlessThere = unlessThere();
    Name name = tokens.tableName();
    if (tokens.skip("using")) {
      Name superTable = tokens.tableName();
      tokens.expect("tags");
      return new SqlStatement.CreateTableOf(
          name, unlessThere, superTable, tokens.listOf(tokens::literal));
    }
    List<Column> columns = tokens.listOf(this::column);
    return new SqlStatement.CreateTable(
        name, unlessThere, columns, tokens.skip("tags") ? tokens.listOf(this::column) : List.of());
  }

  private boolean unlessThere() {
    return tokens.skip("if") && tokens.expect("not") && tokens.expect("exists");
  }

  private Column column() {
    String name = tokens.name();
    ColumnType type = ColumnType.named(tokens.peek().text());
    if (type == null) {
      throw tokens.refused();
    }
    tokens.take();
    if (!type.variable()) {
      return Column.of(name, type);
    }
    tokens.expect("(");
    Column column = new Column(name, type, tokens.number());
    tokens.expect(")");
    return column;
  }

  private SqlStatement insert() {
    List<SqlStatement.Insert.Rows> tables = new ArrayList<>();
    do {
      tables.add(insertInto(tokens.skip("?") ? null : tokens.tableName()));
    } while (tokens.peek().kind() == Token.Kind.WORD
        || tokens.peek().kind() == Token.Kind.QUOTED_NAME);
    return new SqlStatement.Insert(tables);
  }

  private SqlStatement.Insert.Rows insertInto(@Nullable Name name) {
    Name superTable = null;
    List<Literal> tags = List.of();
    if (tokens.skip("using")) {
      superTable = tokens.tableName();
      tokens.expect("tags");
      tags = tokens.listOf(tokens::literal);
    }
    List<String> columns = tokens.peek().is("(") ? tokens.listOf(tokens::name) : List.of();
    tokens.expect("values");
    List<List<Literal>> rows = new ArrayList<>();
    do {
      rows.add(tokens.listOf(tokens::literal));
      tokens.skip(",");
    } while (tokens.peek().is("("));
    return new SqlStatement.Insert.Rows(name, superTable, tags, columns, rows);
  }

  private SqlStatement select() {
    if (tokens.skip("server_version")) {
      tokens.expect("(");
      tokens.expect(")");
      return new SqlStatement.ServerVersion(tokens.skip("as") ? tokens.name() : "server_version()");
    }
    List<String> columns = new ArrayList<>();
    boolean count = tokens.skip("count");
    if (count) {
      tokens.expect("(");
      tokens.expect("*");
      tokens.expect(")");
    } else if (!tokens.skip("*")) {
      addNames(columns);
    }
    tokens.expect("from");
    Name from = tokens.tableName();
    List<SqlStatement.Condition> where = new ArrayList<>();
    if (tokens.skip("where")) {
      do {
        where.add(condition());
      } while (tokens.skip("and"));
    }
    List<String> orderBy = new ArrayList<>();
    if (tokens.skip("order")) {
      tokens.expect("by");
      addNames(orderBy);
    }
    int limit = tokens.skip("limit") ? tokens.number() : Integer.MAX_VALUE;
    return new SqlStatement.Select(columns, count, from, where, orderBy, limit);
  }

  private void addNames(List<String> names) {
    do {
      names.add(tokens.name());
    } while (tokens.skip(","));
  }

  private SqlStatement.Condition condition() {
    String column = tokens.name();
    if (tokens.skip("in")) {
      return new SqlStatement.Condition(column, "in", tokens.listOf(tokens::literal));
    }
    if (!SIGNS.contains(tokens.peek().text())) {
      throw tokens.refused();
    }
    String sign = tokens.take().text();
    return new SqlStatement.Condition(
        column, sign.equals("<>") ? "!=" : sign, List.of(tokens.literal()));
  }
}
