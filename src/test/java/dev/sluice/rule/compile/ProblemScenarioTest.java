package dev.sluice.rule.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.Problem;
import dev.sluice.rule.ProblemText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What authors read about their mistakes: {@code src/test/resources/rule/CASE/problems.txt}. Run with
 * {@code -Dsluice.rewrite=true} to write the texts anew, and read the difference.
 */
final class ProblemScenarioTest {
    private static final Path CASES = Path.of("src/test/resources/rule");

    static List<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tellsEveryProblemWithItsPlace(String name) throws IOException {
        Path folder = CASES.resolve(name);
        String source = Files.readString(folder.resolve("rules.yaml"));
        Compilation compilation = new RuleCompiler(Orders.TYPES).compile(source);
        String text = ProblemText.of("rules.yaml", source, compilation.problems());
        if (Boolean.getBoolean("sluice.rewrite")) {
            Files.writeString(folder.resolve("problems.txt"), text);
        }
        assertThat(text).isEqualTo(Files.readString(folder.resolve("problems.txt")));
        assertThat(compilation.definition().isPresent())
                .isEqualTo(compilation.problems().stream().noneMatch(Problem::isError));
    }
}
