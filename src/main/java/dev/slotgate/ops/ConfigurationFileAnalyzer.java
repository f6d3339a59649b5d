package dev.slotgate.ops;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Says where a configuration file is not YAML. */
class ConfigurationFileAnalyzer extends AbstractFailureAnalyzer<MarkedYAMLException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MarkedYAMLException cause) {
        String where = cause.getProblemMark() == null
                ? ""
                : " at line " + (cause.getProblemMark().getLine() + 1) + ", column "
                        + (cause.getProblemMark().getColumn() + 1);
        return new FailureAnalysis(
                "the configuration is not YAML" + where + ": " + cause.getProblem() + ".", null, cause);
    }
}
