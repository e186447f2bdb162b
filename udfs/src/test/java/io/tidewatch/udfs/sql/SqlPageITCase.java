package io.tidewatch.udfs.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.udfs.sql.SqlRun.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of docs/sql.md: each query gives the rows below it, in any order. */
class SqlPageITCase {
  private static final Pattern BLOCK = Pattern.compile("(?s)```(sql|text)\n(.*?)```");

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @Test
  void eachQueryGivesTheRowsBelowIt() throws Exception {
    String page = Files.readString(Path.of(System.getProperty("tidewatch.root"), "docs", "sql.md"));
    List<MatchResult> blocks = BLOCK.matcher(page).results().toList();
    SqlRun run = new SqlRun(Map.of());
    String query = null;
    int queries = 0;
    SoftAssertions all = new SoftAssertions();
    for (MatchResult block : blocks) {
      String text = block.group(2).strip();
      if (block.group(1).equals("text") && query != null) {
        all.assertThat(table(run, query)).as(query).isEqualTo(ordered(text));
        query = null;
        queries++;
      } else if (block.group(1).equals("text")) {
        makeRequests(run, text);
      } else if (text.startsWith("SELECT")) {
        query = text.replaceFirst(";$", "");
      } else {
        assertThat(text).isEqualTo("LOAD MODULE tidewatch;"); // as each run has done
      }
    }
    all.assertThat(queries).isEqualTo(6);
    all.assertAll();
  }

  @Test
  void namesEachFunctionOfTheModule() throws IOException {
    String page = Files.readString(Path.of(System.getProperty("tidewatch.root"), "docs", "sql.md"));
    assertThat(new TidewatchModule().listFunctions())
        .allSatisfy(name -> assertThat(page).contains("| `" + name.toUpperCase(Locale.ROOT) + "("));
  }

  private static void makeRequests(SqlRun run, String text) {
    List<Input> inputs = new ArrayList<>();
    text.lines()
        .skip(1)
        .map(SqlPageITCase::cells)
        .forEach(
            cells ->
                inputs.add(
                    new Input(
                        cells.get(0),
                        inputs.size(),
                        cells.get(2).equals("NULL") ? null : Double.valueOf(cells.get(2)),
                        LocalDateTime.parse(cells.get(1).replace(' ', 'T'))
                            .toInstant(ZoneOffset.UTC)
                            .toEpochMilli())));
    run.table("inputs", inputs, 5);
    run.execute(
        "CREATE TEMPORARY VIEW requests AS SELECT k AS endpoint, `at`, x AS ms FROM inputs");
  }

  private static String table(SqlRun run, String query) throws Exception {
    List<Row> rows = run.rows(query);
    return ordered(
        Stream.concat(
                Stream.of(String.join(" | ", run.columns(query))),
                rows.stream()
                    .map(
                        row ->
                            IntStream.range(0, row.getArity())
                                .mapToObj(row::getField)
                                .map(SqlPageITCase::cell)
                                .collect(Collectors.joining(" | "))))
            .collect(Collectors.joining("\n")));
  }

  private static String cell(Object value) {
    return value instanceof LocalDateTime time
        ? time.toString().replace('T', ' ').replaceFirst("^([^ ]+ \\d\\d:\\d\\d)$", "$1:00")
        : Objects.toString(value, "NULL");
  }

  /** The header, then the rows in order, without the padding of cells. */
  private static String ordered(String text) {
    List<String> lines =
        text.lines().map(line -> String.join(" | ", cells(line))).collect(Collectors.toList());
    return Stream.concat(lines.stream().limit(1), lines.stream().skip(1).sorted())
        .collect(Collectors.joining("\n"));
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
  }
}
