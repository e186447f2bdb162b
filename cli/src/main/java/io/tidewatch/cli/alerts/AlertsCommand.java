package io.tidewatch.cli.alerts;

import picocli.CommandLine.Command;

/** {@code tidewatch alerts}: what became of alerts. */
@Command(
    name = "alerts",
    mixinStandardHelpOptions = true,
    description = "Looks at what the jobs told of alerts.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = ReconcileCommand.class)
public final class AlertsCommand {}
