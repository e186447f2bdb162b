package io.tidewatch.udfs.clean;

import java.util.List;

/**
 * The fields of a model as they were when state was written.
 *
 * @param model its name
 * @param fields their names, in the order in which the state has them
 */
public record ModelFields(String model, List<String> fields) {}
