package dev.sluice.cli;

import dev.sluice.config.ConfigException;
import dev.sluice.topics.ClusterUnreachableException;
import java.io.PrintWriter;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** A command's failure as one clear line and an exit code; the stack only where debugging is asked for. */
final class FailureHandler implements IExecutionExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(FailureHandler.class);

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult result) {
        PrintWriter err = command.getErr();
        LOG.atDebug().setCause(failure).log("command failed");
        err.println("sluice: " + text(failure));
        err.flush();
        return code(failure);
    }

    private static int code(Exception failure) {
        if (failure instanceof ConfigException) {
            return Exit.USAGE;
        }
        if (failure instanceof CommandException command) {
            return command.code();
        }
        return failure instanceof ClusterUnreachableException || failure instanceof TimeoutException
                ? Exit.UNREACHABLE
                : Exit.REFUSED;
    }

    private static String text(Exception failure) {
        if (failure instanceof TimeoutException) {
            return "the cluster did not answer in time: " + failure.getMessage();
        }
        Throwable cause = failure.getCause();
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return failure instanceof KafkaException && cause != null && cause.getMessage() != null
                ? message + ": " + cause.getMessage()
                : message;
    }
}
