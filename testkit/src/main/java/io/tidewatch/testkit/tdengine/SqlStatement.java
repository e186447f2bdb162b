package io.tidewatch.testkit.tdengine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements that the stand-in understands, see {@link SqlParser}. */
sealed interface SqlStatement {

  /**
   * @param database null where none is named
   */
  record Name(@Nullable String database, String table) {}

  /** A value in a statement that is to be bound. */
  enum Parameter {
    PARAMETER
  }

  /**
   * A literal.
   *
   * @param value null, or a number, a text or a truth, or {@link Parameter#PARAMETER}
   * @param rest of the statement, from here on
   */
  record Literal(@Nullable Object value, String rest) {}

  record CreateDatabase(String name, boolean unlessThere, Precision precision, int keepDays)
      implements SqlStatement {}

  record DropDatabase(String name, boolean ifThere) implements SqlStatement {}

  record Use(String database) implements SqlStatement {}

  /**
   * @param tags of a super table; none for a table by itself
   */
  record CreateTable(Name name, boolean unlessThere, List<Column> columns, List<Column> tags)
      implements SqlStatement {}

  record CreateTableOf(Name name, boolean unlessThere, Name superTable, List<Literal> tags)
      implements SqlStatement {}

  record Insert(List<Rows> tables) implements SqlStatement {

    /**
     * @param name null where it is to be bound
     * @param superTable null where the table must be there
     * @param tags of that super table, in its order
     * @param columns names of those given; empty for all
     */
    record Rows(
        @Nullable Name name,
        @Nullable Name superTable,
        List<Literal> tags,
        List<String> columns,
        List<List<Literal>> rows) {}
  }

  /**
   * @param columns names; empty for all
   * @param count the number of rows instead
   * @param limit how many rows at most
   */
  record Select(
      List<String> columns,
      boolean count,
      Name from,
      List<Condition> where,
      List<String> orderBy,
      int limit)
      implements SqlStatement {}

  /**
   * A condition that a row meets.
   *
   * @param sign one of = != {@code < <= > >=}, or {@code in}
   */
  record Condition(String column, String sign, List<Literal> operands) {}

  /** {@code select server_version()}. */
  record ServerVersion(String as) implements SqlStatement {}

  /** {@code show cluster alive}. */
  record ClusterAlive() implements SqlStatement {}
}
