package dev.slotgate;

import static com.tngtech.archunit.lang.conditions.ArchConditions.beAnnotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.slotgate.security.Guarded;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.io.ClassPathResource;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The arrows between the packages, and what belongs where. */
class ArchitectureTests {

    private static final String ROOT = "dev.slotgate.";
    private static final String[] FEATURES = {
        ROOT + "slot..", ROOT + "pin..", ROOT + "key..", ROOT + "crypto..", ROOT + "auditor.."
    };
    private static final String[] EDGES = {ROOT + "web..", ROOT + "ops..", ROOT + "trial..", ROOT + "remote.."};

    /** What Spring writes at build time, which knows everybody. */
    private static final String PUT_TOGETHER = "__";

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.matches(Pattern.compile(".*" + PUT_TOGETHER + "[^/]*\\.class")))
            .importPackages("dev.slotgate");

    @Test
    void packagesKeepToTheirDeclaredBoundariesWithoutCycles() {
        DescribedPredicate<JavaClass> putTogether = DescribedPredicate.describe(
                "put together", type -> type.getName().contains(PUT_TOGETHER));
        ApplicationModules.of(SlotgateApplication.class, putTogether).verify();
    }

    @Test
    void featuresNeverImportOneAnother() {
        for (String feature : FEATURES) {
            noClasses()
                    .that()
                    .resideInAPackage(feature)
                    .should()
                    .dependOnClassesThat(areIn(FEATURES).and(DescribedPredicate.not(areIn(feature))))
                    .allowEmptyShould(true)
                    .check(OURS);
        }
    }

    @Test
    void nobodyDependsOnAnEdge() {
        for (String edge : EDGES) {
            noClasses()
                    .that()
                    .resideOutsideOfPackage(edge)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(edge)
                    .check(OURS);
        }
    }

    @Test
    void edgesDoNotDependOnFeatures() {
        noClasses()
                .that()
                .resideInAnyPackage(EDGES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FEATURES)
                .check(OURS);
    }

    @Test
    void portAndLeavesDependOnNothingOfOurs() {
        for (String alone : new String[] {
            ROOT + "hsm",
            ROOT + "audit..",
            ROOT + "security..",
            ROOT + "state..",
            ROOT + "trace..",
            ROOT + "recurrence.."
        }) {
            noClasses()
                    .that()
                    .resideInAPackage(alone)
                    .should()
                    .dependOnClassesThat(areIn("dev.slotgate..").and(DescribedPredicate.not(areIn(alone))))
                    .check(OURS);
        }
    }

    @Test
    void portKnowsNeitherSpringNorPkcs11() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "hsm")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "org.xipki..", "iaik..")
                .check(OURS);
    }

    @Test
    void nobodyButTheTracesKnowsOpenTelemetry() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "trace")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.opentelemetry..")
                .check(OURS);
    }

    @Test
    void nativeTypesStayInTheAdapter() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "hsm.pkcs11")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.xipki..", "iaik..", "java.lang.foreign..")
                .check(OURS);
    }

    @Test
    void nobodyButTheWorkersMainProgramKnowsTheAdapter() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "hsm.pkcs11")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "hsm.worker.WorkerMain")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "hsm.worker.WorkerServer")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "hsm.worker.CallThreads")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "hsm.pkcs11")
                .check(OURS);
    }

    @Test
    void onlyControllersAndTheWebPackageKnowSpringWeb() {
        noClasses()
                .that()
                .areNotAnnotatedWith(RestController.class)
                .and()
                .resideOutsideOfPackage(ROOT + "web..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.web..")
                .check(OURS);
    }

    @Test
    void controllersArePackagePrivateAndDelegateToAService() {
        classes()
                .that()
                .areAnnotatedWith(RestController.class)
                .should()
                .bePackagePrivate()
                .check(OURS);
        fields().that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(RestController.class)
                .should()
                .notHaveRawType(DescribedPredicate.describe(
                        "of the hsm port", type -> type.getPackageName().equals(ROOT + "hsm")))
                .check(OURS);
    }

    @Test
    void everyMappedMethodDeclaresWhoMayCallIt() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(RestController.class)
                .and()
                .areMetaAnnotatedWith(RequestMapping.class)
                .and()
                .areDeclaredInClassesThat()
                .doNotHaveFullyQualifiedName(ROOT + "web.ContractController")
                .should(beAnnotatedWith(Guarded.class))
                .because("what nobody needs a token for is in OpenPaths")
                .check(OURS);
    }

    /** The beans are put together when the gateway is built, and an operator's settings are known when it starts. */
    @Test
    void noSettingDecidesWhichBeansAreDeclared() {
        noClasses().should().beMetaAnnotatedWith(Conditional.class).check(OURS);
        noMethods().should().beMetaAnnotatedWith(Conditional.class).check(OURS);
    }

    /** A class loader that a request's thread happens to have is closed together with its server. */
    @Test
    void filesOfTheClassPathAreReadWithTheLoaderOfWhoReadsThem() {
        noClasses()
                .should()
                .callConstructor(ClassPathResource.class, String.class)
                .check(OURS);
    }

    @Test
    void whoMayCallIsSaidInOneWay() {
        methods().that().areAnnotatedWith(Guarded.class).should(haveOneRule()).check(OURS);
    }

    @Test
    void settingsAreImmutable() {
        classes()
                .that()
                .areAnnotatedWith(ConfigurationProperties.class)
                .should()
                .beRecords()
                .check(OURS);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(OURS.stream().map(JavaClass::getPackage).distinct())
                .allSatisfy(ours -> assertThat(ours.isAnnotatedWith(NullMarked.class))
                        .as(ours.getName())
                        .isTrue());
    }

    private static ArchCondition<JavaMethod> haveOneRule() {
        return new ArchCondition<>("name scopes of which all are needed, or one, or say that any token will do") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                Guarded rule = method.getAnnotationOfType(Guarded.class);
                long ways = Stream.of(rule.scope().length > 0, rule.oneOf().length > 0, rule.anyCaller())
                        .filter(said -> said)
                        .count();
                if (ways != 1) {
                    events.add(SimpleConditionEvent.violated(method, method.getFullName() + " says it in " + ways));
                }
            }
        };
    }

    private static DescribedPredicate<JavaClass> areIn(String... packages) {
        return JavaClass.Predicates.resideInAnyPackage(packages);
    }
}
