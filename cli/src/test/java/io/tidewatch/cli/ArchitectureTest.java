package io.tidewatch.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.ObjectInputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.apache.flink.api.common.functions.Function;
import org.apache.flink.streaming.api.operators.StreamOperator;

/** The house rules that a machine can hold, over the compiled classes of every room. */
@AnalyzeClasses(packages = "io.tidewatch", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] PURE = {
    "io.tidewatch.schemas..", "io.tidewatch.analytics..", "io.tidewatch.udfs.."
  };

  /** By name: Flink's table API is not on the class path here. */
  private static final String SCALAR_FUNCTION = "org.apache.flink.table.functions.ScalarFunction";

  private static final String AGGREGATE_FUNCTION =
      "org.apache.flink.table.functions.AggregateFunction";

  @ArchTest
  static final ArchRule ROOMS_DEPEND_ONE_WAY =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.tidewatch..")
          .ensureAllClassesAreContainedInArchitecture()
          .layer("schemas")
          .definedBy("io.tidewatch.schemas..")
          .layer("analytics")
          .definedBy("io.tidewatch.analytics..")
          .layer("udfs")
          .definedBy("io.tidewatch.udfs..")
          .layer("jobs")
          .definedBy("io.tidewatch.jobs..")
          .layer("notifier")
          .definedBy("io.tidewatch.notifier..")
          .layer("embedded")
          .definedBy("io.tidewatch.embedded..")
          .layer("testkit")
          .definedBy("io.tidewatch.testkit..")
          .layer("cli")
          .definedBy("io.tidewatch.cli..")
          .whereLayer("schemas")
          .mayNotAccessAnyLayer()
          .whereLayer("analytics")
          .mayOnlyAccessLayers("schemas")
          .whereLayer("udfs")
          .mayOnlyAccessLayers("analytics", "schemas")
          .whereLayer("jobs")
          .mayOnlyAccessLayers("udfs", "analytics", "schemas")
          .whereLayer("notifier")
          .mayOnlyAccessLayers("schemas")
          .whereLayer("embedded")
          .mayNotAccessAnyLayer()
          .whereLayer("testkit")
          .mayOnlyAccessLayers("embedded", "schemas");

  @ArchTest
  static final ArchRule FLINK_STAYS_OUT_OF_SCHEMAS_ANALYTICS_AND_NOTIFIER =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.tidewatch.schemas..", "io.tidewatch.analytics..", "io.tidewatch.notifier..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.flink..");

  @ArchTest
  static final ArchRule CONNECTORS_STAY_OUT_OF_THE_PURE_ROOMS =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.flink.connector..",
              "org.apache.kafka..",
              "java.sql..",
              "javax.sql..",
              "org.postgresql..",
              "org.flywaydb..");

  @ArchTest
  static final ArchRule TIME_IS_THAT_OF_THE_EVENTS =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .accessTargetWhere(
              target(
                  "a clock",
                  call ->
                      is(call, System.class, "currentTimeMillis", "nanoTime")
                          || is(call, Instant.class, "now")
                          || is(call, LocalDate.class, "now")
                          || is(call, LocalDateTime.class, "now")
                          || is(call, OffsetDateTime.class, "now")
                          || is(call, ZonedDateTime.class, "now")
                          || is(call, Calendar.class, "getInstance")
                          || (call.getOwner().isEquivalentTo(Clock.class)
                              && (call.getName().startsWith("system")
                                  || call.getName().startsWith("tick")))
                          || isNew(call, Date.class)));

  @ArchTest
  static final ArchRule CHANCE_HAS_A_SEED =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .accessTargetWhere(
              target(
                  "chance without a seed",
                  call ->
                      is(call, Math.class, "random")
                          || is(call, StrictMath.class, "random")
                          || is(call, UUID.class, "randomUUID")
                          || is(call, RandomGenerator.class, "of", "getDefault")
                          || is(call, ThreadLocalRandom.class, "current")
                          || call.getOwner().isAssignableTo(SecureRandom.class)
                          || isNew(call, Random.class)
                          || isNew(call, SplittableRandom.class)
                          || (is(call, Collections.class, "shuffle")
                              && parameters(call).size() == 1)));

  @ArchTest
  static final ArchRule NOBODY_READS_JAVA_SERIALISATION =
      noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class);

  @ArchTest
  static final ArchRule NOBODY_MAKES_OBJECTS_OF_BYTES_BY_SOMEBODY_ELSE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.esotericsoftware..",
              "org.apache.flink.api.java.typeutils.runtime.kryo..",
              "java.beans..",
              "java.rmi..")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching(
              ".*\\.(GenericTypeInfo|JavaSerializer|SerializationUtils|XMLDecoder|ReflectDatumReader|SpecificDatumReader)")
          .orShould()
          .accessTargetWhere(
              target(
                  "bytes to objects",
                  call ->
                      call.getName().startsWith("deserializeObject")
                          || call.getName().equals("activateDefaultTyping")
                          || call.getName().equals("enableDefaultTyping")));

  @ArchTest
  static final ArchRule NOBODY_SLEEPS =
      noClasses()
          .should()
          .accessTargetWhere(
              target(
                  "sleep",
                  call -> is(call, Thread.class, "sleep") || is(call, TimeUnit.class, "sleep")));

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
      noClasses()
          .should()
          .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl|Common)")
          .orShould(
              new ArchCondition<>("reside in a package that says nothing") {
                private final Set<String> empty =
                    Set.of("util", "utils", "common", "helper", "helpers", "manager", "impl");

                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  for (String part : type.getPackageName().split("\\.", -1)) {
                    if (empty.contains(part)) {
                      events.add(SimpleConditionEvent.satisfied(type, type.getName()));
                    }
                  }
                }
              });

  @ArchTest
  static final ArchRule EACH_FLINK_FUNCTION_HAS_ITS_HARNESS_TEST =
      classes()
          .that()
          .resideInAPackage("io.tidewatch.udfs..")
          .and()
          .areAssignableTo(
              assignableTo(Function.class)
                  .or(assignableTo(StreamOperator.class))
                  .or(assignableTo(SCALAR_FUNCTION))
                  .or(assignableTo(AGGREGATE_FUNCTION)))
          .and()
          .doNotHaveModifier(JavaModifier.ABSTRACT)
          .should(
              new ArchCondition<>("have a test <Name>HarnessTest in their package") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  String test =
                      "udfs/src/test/java/" + type.getName().replace('.', '/') + "HarnessTest.java";
                  events.add(
                      new SimpleConditionEvent(
                          type, SourceTree.exists(test), type.getName() + " wants " + test));
                }
              });

  private static boolean is(AccessTarget call, Class<?> owner, String... names) {
    return call.getOwner().isEquivalentTo(owner) && Set.of(names).contains(call.getName());
  }

  private static boolean isNew(AccessTarget call, Class<?> owner) {
    return is(call, owner, "<init>") && parameters(call).isEmpty();
  }

  private static List<JavaClass> parameters(AccessTarget call) {
    return call instanceof AccessTarget.CodeUnitAccessTarget unit
        ? unit.getRawParameterTypes()
        : List.of();
  }

  /** Calls and method references alike. */
  private static DescribedPredicate<JavaAccess<?>> target(
      String description, Predicate<AccessTarget> predicate) {
    return describe(description, access -> predicate.test(access.getTarget()));
  }
}
