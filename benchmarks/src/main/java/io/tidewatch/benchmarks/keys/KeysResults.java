package io.tidewatch.benchmarks.keys;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.benchmarks.variant.Setting;
import io.tidewatch.benchmarks.windows.RunSpec;
import java.io.IOException;
import java.util.List;

/**
 * All that was measured.
 *
 * @param returns waves on disk
 * @param sizes steady keys on the heap
 */
record KeysResults(List<KeysResult> returns, List<KeysResult> sizes, Paces paces) {

  /** One line for whoever reads it with a program. */
  String json() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode().put("ok", true).put("bench", "keys");
    root.set("returns", mapper.valueToTree(returns));
    ArrayNode perKey = root.putArray("bytesPerKey");
    for (KeysResult size : sizes) {
      KeysSpec spec = size.spec();
      perKey
          .addObject()
          .put("windows", spec.kind().label())
          .put("overlap", spec.overlap())
          .put("perKeyAndSecond", spec.perKeyAndSecond())
          .put("keys", size.full().census().keys())
          .put("heapBytes", size.perKey(Moment::heapBytes))
          .put("savepointBytes", size.perKey(moment -> moment.census().fileBytes()));
    }
    ArrayNode pace = root.putArray("pace");
    for (RunSpec spec : paces.specs()) {
      ObjectNode node = pace.addObject().put("overlap", spec.overlap());
      paces
          .perCpuSecond(spec, Setting.HEAP)
          .ifPresent(figure -> node.put("heapRecordsPerCpuSecond", figure.median()));
      paces
          .perCpuSecond(spec, Setting.DISK)
          .ifPresent(figure -> node.put("diskRecordsPerCpuSecond", figure.median()));
      paces.ratio(spec).ifPresent(figure -> node.put("ratio", figure.median()));
    }
    root.set("goals", mapper.valueToTree(KeysGoal.of(returns)));
    return mapper.writeValueAsString(root);
  }
}
