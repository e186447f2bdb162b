package io.tidewatch.jobs.sink.jdbc;

import java.lang.reflect.Proxy;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.jdbc.JdbcStatementBuilder;
import org.jspecify.annotations.Nullable;

/** What a statement builder sets, by column; asked of refused rows only, it is slow. */
public final class BoundRow {
  private BoundRow() {}

  /**
   * @param columns in the order of the parameters
   */
  public static <T> Map<String, @Nullable Object> of(
      List<String> columns, JdbcStatementBuilder<T> binder, T row) {
    @Nullable Object[] values = new @Nullable Object[columns.size()];
    PreparedStatement recorder =
        (PreparedStatement)
            Proxy.newProxyInstance(
                BoundRow.class.getClassLoader(),
                new Class<?>[] {PreparedStatement.class},
                (proxy, method, arguments) -> {
                  if (!method.getName().startsWith("set") || arguments.length < 2) {
                    throw new UnsupportedOperationException(method.getName());
                  }
                  int place = (Integer) arguments[0];
                  values[place - 1] = method.getName().equals("setNull") ? null : arguments[1];
                  return null;
                });
    try {
      binder.accept(recorder, row);
    } catch (SQLException e) {
      throw new IllegalStateException("a record of parameters does not fail", e);
    }
    Map<String, @Nullable Object> bound = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      bound.put(columns.get(i), values[i]);
    }
    return bound;
  }
}
