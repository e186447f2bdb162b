package io.tidewatch.jobs.sink.jdbc;

/**
 * @param value also its event time, milliseconds since the epoch
 */
record TestRow(String key, int revision, int value) {
  static final RowIdentity<TestRow> IDENTITY =
      new RowIdentity<>() {
        @Override
        public Object key(TestRow row) {
          return row.key();
        }

        @Override
        public boolean replaces(TestRow later, TestRow held) {
          return later.revision() >= held.revision();
        }

        @Override
        public long eventTimeMs(TestRow row) {
          return row.value();
        }
      };
}
