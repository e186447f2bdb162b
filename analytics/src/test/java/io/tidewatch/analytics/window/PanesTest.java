package io.tidewatch.analytics.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PanesTest {

  private record TextCodec() implements AccumulatorCodec<StringBuilder> {
    @Override
    public void write(StringBuilder value, DataOutput out) throws IOException {
      out.writeUTF(value.toString());
    }

    @Override
    public StringBuilder read(DataInput in) throws IOException {
      return new StringBuilder(in.readUTF());
    }

    @Override
    public StringBuilder copy(StringBuilder value) {
      return new StringBuilder(value);
    }
  }

  private final PanesCodec<StringBuilder> codec = new PanesCodec<>(new TextCodec());

  private static Panes<StringBuilder> panes(long... starts) {
    Panes<StringBuilder> panes = new Panes<>();
    for (long start : starts) {
      panes.insert(start, new StringBuilder().append(start));
    }
    return panes;
  }

  private byte[] bytes(Panes<StringBuilder> panes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    codec.write(panes, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private Panes<StringBuilder> read(byte[] bytes) throws IOException {
    return codec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  private static List<String> content(Panes<StringBuilder> panes) {
    List<String> content = new ArrayList<>();
    for (int i = 0; i < panes.size(); i++) {
      content.add(panes.startMs(i) + "=" + panes.get(i));
    }
    return content;
  }

  @Test
  void staySortedWhateverTheOrderOfInsertion() {
    List<Long> starts = new ArrayList<>();
    for (long start = 0; start < 100; start++) {
      starts.add(start * 10);
    }
    Collections.shuffle(starts, new Random(1));
    Panes<StringBuilder> panes = panes(starts.stream().mapToLong(Long::longValue).toArray());
    for (int i = 0; i < 100; i++) {
      assertThat(panes.startMs(i)).isEqualTo(i * 10L);
      assertThat(panes.find(i * 10L)).hasToString("" + i * 10);
    }
    assertThat(panes.find(5)).isNull();
    assertThat(panes.find(5000)).isNull();
  }

  @Test
  void dropThePanesBeforeAMoment() {
    Panes<StringBuilder> panes = panes(10, 20, 30);
    panes.dropBefore(20);
    assertThat(content(panes)).containsExactly("20=20", "30=30");
    panes.dropBefore(1000);
    assertThat(panes.isEmpty()).isTrue();
  }

  @Test
  void refuseASecondPaneOfTheSameStart() {
    assertThatThrownBy(() -> panes(10, 20, 10)).hasMessageContaining("was there already: 10");
  }

  @Test
  void surviveTheRoundTripThroughBytes() throws IOException {
    Panes<StringBuilder> panes = panes(-10, 0, 10, 20, 30, 40);
    assertThat(content(read(bytes(panes)))).isEqualTo(content(panes));
  }

  @Test
  void rememberHowManyRecordsCameLate() throws IOException {
    Panes<StringBuilder> panes = panes(0, 10, 20, 30);
    assertThat(bytes(panes)[0]).as("nothing late is written as before").isEqualTo((byte) 1);
    panes.addLate(1, 1);
    panes.addLate(3, 2);
    panes.insert(5, new StringBuilder("between"));
    panes.dropBefore(5);
    panes.insert(40, new StringBuilder("more"));
    panes.addLate(4, 1);
    for (Panes<StringBuilder> each : List.of(panes, codec.copy(panes), read(bytes(panes)))) {
      assertThat(each.lateIn(5, 30)).isEqualTo(1);
      assertThat(each.lateIn(10, 31)).isEqualTo(3);
      assertThat(each.lateIn(5, 1000)).isEqualTo(4);
    }
    byte[] negative = bytes(panes);
    negative[5 + 8] = -1;
    assertThatThrownBy(() -> read(negative)).hasMessageContaining("late records must be ≥ 0");
  }

  @Test
  void copyIndependently() {
    Panes<StringBuilder> panes = panes(0, 10);
    Panes<StringBuilder> copy = codec.copy(panes);
    copy.get(0).append("changed");
    copy.insert(20, new StringBuilder());
    assertThat(content(panes)).containsExactly("0=0", "10=10");
  }

  @Test
  void refuseBytesOfAnotherVersionAndBytesThatAreNoPanes() throws IOException {
    byte[] newer = bytes(panes(0));
    newer[0] = 3;
    assertThatThrownBy(() -> read(newer)).hasMessage("panes: version must be 1 or 2, was 3");
    byte[] negative = bytes(panes(0));
    negative[1] = -1;
    assertThatThrownBy(() -> read(negative)).hasMessageContaining("size must be ≥ 0");
    byte[] descending = bytes(panes(0, 10));
    descending[5 + 8 + 3 + 7] = 0;
    assertThatThrownBy(() -> read(descending)).hasMessageContaining("starts must ascend");
  }
}
