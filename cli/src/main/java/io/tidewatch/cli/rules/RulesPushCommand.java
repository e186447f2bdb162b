package io.tidewatch.cli.rules;

import io.tidewatch.jobs.alerting.RuleShelf;
import io.tidewatch.jobs.config.RuleDocuments;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidewatch rules push}: rules for the jobs that run. */
@Command(
    name = "push",
    mixinStandardHelpOptions = true,
    description =
        "Tells the rules of files to all jobs by the topic of rules; they take them while they run."
            + " A rule that is told stands over the one of that name in a job's file, until it is"
            + " told again. Mutes of the files are not told. Exits 0 when all are told, 1 when one"
            + " cannot be used: then none is.")
public final class RulesPushCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private RulesTopicOption topic;

  @Parameters(paramLabel = "FILE", arity = "0..*", description = "Rule files.")
  private List<Path> files = List.of();

  @Option(
      names = "--remove",
      paramLabel = "RULE",
      description = "Takes a rule away, also one of a file; may be repeated.")
  private List<String> removed = List.of();

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public RulesPushCommand() {}

  @Override
  public Integer call() {
    if (files.isEmpty() && removed.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "FILE: must be given, or --remove, was neither");
    }
    RuleShelf shelf = topic.shelf();
    Map<String, String> documents = new LinkedHashMap<>();
    for (Path file : files) {
      RuleDocuments.ofFile(file)
          .forEach(
              (name, document) -> {
                if (documents.put(name, document) != null) {
                  throw new IllegalArgumentException(
                      file + ": alert: must be unique in all files, was twice '" + name + "'");
                }
              });
    }
    shelf.put(documents);
    shelf.remove(removed);
    var out = spec.commandLine().getOut();
    documents.keySet().forEach(name -> out.println(name + ": told"));
    removed.forEach(name -> out.println(name + ": taken away"));
    return 0;
  }
}
