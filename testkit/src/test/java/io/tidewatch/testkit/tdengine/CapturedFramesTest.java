package io.tidewatch.testkit.tdengine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The stand-in beside frames of a real server, in {@code src/test/resources/tdengine}. */
class CapturedFramesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Bytes 18 to 25 of a block say how long it took. */
  private static final int TIMING = "binary ".length() + 2 * 18;

  @Test
  void answersEachCapturedRequestAsTheRealServerDid() throws Exception {
    StandInTdengine server = StandInTdengine.start();
    server.execute("create database wsdb keep 36500");
    for (Path capture : captures()) {
      List<String> wanted = new ArrayList<>();
      List<String> got = new ArrayList<>();
      try (FrameClient client = new FrameClient(server.port())) {
        for (String line : Files.readAllLines(capture, StandardCharsets.UTF_8)) {
          if (line.startsWith(">")) {
            client.say(line.substring(1));
          } else {
            wanted.add(withoutTiming(line.substring(1)));
            got.add(withoutTiming(client.hear()));
          }
        }
      }
      assertThat(got).as("%s", capture.getFileName()).containsExactlyElementsOf(wanted);
    }
    assertThat(server.takeNotUnderstood())
        .containsExactly(
            "selekt 1: syntax error near \"selekt 1\"",
            "inzert into x values(?,?): stmt only support 'SELECT' or 'INSERT'");
    server.close();
  }

  @Test
  void seesTheCaptures() throws Exception {
    assertThat(captures()).hasSizeGreaterThan(15);
  }

  private static List<Path> captures() throws Exception {
    Path folder = Path.of(CapturedFramesTest.class.getResource("/tdengine").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".frames")).sorted().toList();
    }
  }

  private static String withoutTiming(String frame) throws Exception {
    if (frame.startsWith("binary ")) {
      return frame.substring(0, TIMING) + "…" + frame.substring(TIMING + 16);
    }
    if (!frame.startsWith("text ")) {
      return frame;
    }
    ObjectNode answer = (ObjectNode) JSON.readTree(frame.substring("text ".length()));
    answer.remove("timing");
    return answer.toString();
  }
}
