package io.tidewatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ObjectInputStream;
import org.junit.jupiter.api.Test;

class SerializedGadgetTest {

  @Test
  void noticesThatItIsReadByTheSerialisationOfJavaAndMadeByItsName() throws Exception {
    byte[] bytes = SerializedGadget.java();
    assertThat(SerializedGadget.messages()).hasSizeGreaterThan(5);
    int before = SerializedGadget.made();

    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      assertThat(in.readObject()).isInstanceOf(SerializedGadget.class);
    }
    assertThat(SerializedGadget.made()).isEqualTo(before + 1);

    Class.forName(SerializedGadget.class.getName()).getConstructor().newInstance();
    assertThat(SerializedGadget.made()).isEqualTo(before + 2);
  }
}
