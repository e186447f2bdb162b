package io.tidewatch.udfs.sql;

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.factories.ModuleFactory;
import org.apache.flink.table.module.Module;

/** Makes {@code LOAD MODULE tidewatch} work: Flink finds it by {@code META-INF/services}. */
public final class TidewatchModuleFactory implements ModuleFactory {

  @Override
  public String factoryIdentifier() {
    return "tidewatch";
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }

  @Override
  public Module createModule(Context context) {
    return new TidewatchModule();
  }
}
