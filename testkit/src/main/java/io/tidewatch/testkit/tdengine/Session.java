package io.tidewatch.testkit.tdengine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one connection asks for and is answered. */
final class Session {
  /** What every answer says it took, in nanoseconds. */
  static final long TIMING_NS = 1_000;

  private final Databases databases;
  private final Credentials credentials;
  private final Consumer<String> notUnderstood;
  private final Map<Long, OpenResult> results = new HashMap<>();
  private final Map<Long, Prepared> statements = new HashMap<>();
  private long lastResult;
  private long lastStatement;
  private boolean connected;
  private @Nullable String current;

  /** Who may connect. */
  record Credentials(String user, String password) {}

  /** A result, of which some blocks were fetched. */
  private static final class OpenResult {
    private final Outcome.Rows rows;
    private int fetched;

    private OpenResult(Outcome.Rows rows) {
      this.rows = rows;
    }

    private List<Object[]> nextBlock() {
      int from = fetched;
      fetched = Math.min(from + ResultBlock.ROWS, rows.rows().size());
      return rows.rows().subList(from, fetched);
    }
  }

  /** A statement to be prepared, and then the one of both that it is. */
  private static final class Prepared {
    private @Nullable PreparedInsert insert;
    private SqlStatement.@Nullable Select select;
    private Outcome.@Nullable Rows rows;
  }

  /**
   * @param notUnderstood told of each statement that the stand-in cannot read
   */
  Session(Databases databases, Credentials credentials, Consumer<String> notUnderstood) {
    this.databases = databases;
    this.credentials = credentials;
    this.notUnderstood = notUnderstood;
  }

  /**
   * The answer to a request in JSON; null where there is none.
   *
   * @param refusal to answer instead
   */
  @Nullable ObjectNode answer(String action, JsonNode args, @Nullable TdengineError refusal) {
    if (action.equals("free_result")) {
      results.remove(args.path("id").asLong());
      return null;
    }
    ObjectNode answer = begin(action, args.path("req_id").asLong());
    if (action.startsWith("stmt2_") && args.has("stmt_id")) {
      answer.put("stmt_id", args.path("stmt_id").asLong());
    }
    return guarded(answer, refusal, () -> fill(answer, action, args));
  }

  private void fill(ObjectNode answer, String action, JsonNode args) {
    if (!connected && !Set.of("conn", "version").contains(action)) {
      throw TdengineError.adapter("server not connected");
    }
    switch (action) {
      case "conn" -> connect(answer, args);
      case "version" -> answer.put("version", Databases.VERSION);
      case "stmt2_init" -> {
        statements.put(++lastStatement, new Prepared());
        answer.put("stmt_id", lastStatement);
      }
      case "stmt2_prepare" -> prepare(answer, statement(args), args.path("sql").asText());
      case "stmt2_exec" -> answer.put("affected", execute(statement(args)));
      case "stmt2_result" -> {
        Outcome.Rows rows = statement(args).rows;
        if (rows == null) {
          throw TdengineError.adapter("statement has no result");
        }
        rows.describe(answer.put("id", open(rows)), true);
      }
      case "stmt2_close" -> statements.remove(args.path("stmt_id").asLong());
      default -> throw TdengineError.adapter("unknown action " + action);
    }
  }

  private void connect(ObjectNode answer, JsonNode args) {
    if (!args.path("user").asText().equals(credentials.user())
        || !args.path("password").asText().equals(credentials.password())) {
      throw TdengineError.authentication();
    }
    String database = args.path("db").asText();
    if (!database.isEmpty()) {
      databases.require(database);
      current = database;
    }
    connected = true;
    answer.put("version", Databases.VERSION);
  }

  /**
   * The answer to a query.
   *
   * @param frame from the length of the statement on
   * @param refusal to answer instead
   */
  ObjectNode query(long request, ByteBuf frame, @Nullable TdengineError refusal) {
    String sql =
        frame.toString(frame.readerIndex() + 4, frame.getIntLE(frame.readerIndex()), UTF_8);
    ObjectNode answer = begin("binary_query", request);
    return guarded(answer, refusal, () -> query(answer, sql));
  }

  private void query(ObjectNode answer, String sql) {
    if (!connected) {
      throw TdengineError.adapter("server not connected");
    }
    SqlStatement statement = understood(sql, () -> SqlParser.parse(sql));
    Outcome outcome = understood(sql, () -> databases.run(statement, current));
    if (statement instanceof SqlStatement.Use use) {
      current = use.database();
    }
    if (outcome instanceof Outcome.Rows rows) {
      answer.put("id", open(rows)).put("is_update", false).put("affected_rows", 0);
      rows.describe(answer, false);
    } else if (outcome instanceof Outcome.Written written) {
      answer.put("id", 0).put("is_update", true).put("affected_rows", written.rows());
      answer.put("fields_count", 0).putNull("fields_names").putNull("fields_types");
      answer.putNull("fields_lengths").put("precision", 0);
      answer.putNull("fields_precisions").putNull("fields_scales");
    }
  }

  /** The next block of a result, or its end, which frees it. */
  ByteBuf fetch(long request, long result) {
    OpenResult open = results.get(result);
    List<Object[]> rows = open == null ? List.of() : open.nextBlock();
    if (open == null || rows.isEmpty()) {
      results.remove(result);
      return ResultBlock.end(request, result);
    }
    return ResultBlock.of(request, result, open.rows.columns(), rows);
  }

  /**
   * The answer to what is bound.
   *
   * @param frame from the index of the column on
   * @param refusal to answer instead
   */
  ObjectNode bind(long request, long id, ByteBuf frame, @Nullable TdengineError refusal) {
    ObjectNode answer = begin("stmt2_bind", request).put("stmt_id", id);
    return guarded(answer, refusal, () -> bind(id, frame.skipBytes(Integer.BYTES)));
  }

  private void bind(long id, ByteBuf block) {
    Prepared statement = statement(id);
    BindBlock bound = BindBlock.of(block);
    if (statement.insert != null) {
      statement.insert.bind(bound);
    } else if (statement.select != null) {
      List<Object> values =
          bound.entries().get(0).columns().stream().map(column -> column.values()[0]).toList();
      SqlStatement.Select select = Query.bound(statement.select, values);
      statement.rows = new Query(select, databases.database(select.from(), current)).run();
    }
  }

  private void prepare(ObjectNode answer, Prepared prepared, String sql) {
    SqlStatement statement =
        understood(
            sql,
            () -> {
              if (!sql.matches("(?is)\\s*(insert|select)\\b.*")) {
                throw new TdengineError(
                    TdengineError.SYNTAX, "stmt only support 'SELECT' or 'INSERT'");
              }
              return SqlParser.parse(sql);
            });
    if (statement instanceof SqlStatement.Insert insert) {
      PreparedInsert bound = understood(sql, () -> new PreparedInsert(databases, insert, current));
      prepared.insert = bound;
      bound.describe(answer.put("is_insert", true).putArray("fields"));
      answer.put("fields_count", bound.parameters());
    } else if (statement instanceof SqlStatement.Select select) {
      databases.database(select.from(), current);
      prepared.select = select;
      answer.put("is_insert", false).putNull("fields");
      answer.put("fields_count", Query.parameters(select));
    }
  }

  private static int execute(Prepared statement) {
    return statement.insert == null ? 0 : statement.insert.execute();
  }

  private Prepared statement(JsonNode args) {
    return statement(args.path("stmt_id").asLong());
  }

  private Prepared statement(long id) {
    Prepared found = statements.get(id);
    if (found == null) {
      throw TdengineError.adapter("stmt is nil");
    }
    return found;
  }

  private long open(Outcome.Rows rows) {
    results.put(++lastResult, new OpenResult(rows));
    return lastResult;
  }

  private <T> T understood(String sql, Supplier<T> step) {
    try {
      return step.get();
    } catch (TdengineError e) {
      if (e.code() == TdengineError.SYNTAX || e.code() == TdengineError.ADAPTER) {
        notUnderstood.accept(sql + ": " + e.text());
      }
      throw e;
    }
  }

  private static ObjectNode guarded(
      ObjectNode answer, @Nullable TdengineError refusal, Runnable fill) {
    try {
      if (refusal != null) {
        throw refusal;
      }
      fill.run();
    } catch (TdengineError e) {
      answer.put("code", e.code()).put("message", e.text());
    }
    return answer;
  }

  private static ObjectNode begin(String action, long request) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("code", 0)
        .put("message", "")
        .put("action", action)
        .put("req_id", request)
        .put("timing", TIMING_NS);
  }
}
