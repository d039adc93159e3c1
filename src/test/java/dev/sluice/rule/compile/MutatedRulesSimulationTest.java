package dev.sluice.rule.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.Problem;
import dev.sluice.rule.ProblemText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rule files broken at random are compiled or refused, and nothing is thrown. */
final class MutatedRulesSimulationTest {
    private static final int FILES = 3_000;
    private static final String[] PIECES = {
        "\t",
        "\n",
        "\"",
        "'",
        "{",
        "}",
        "[",
        "]",
        ":",
        "- ",
        "&a ",
        "*a",
        "|",
        ">-",
        "#",
        "\\",
        "\\u12",
        "((((",
        "== ",
        "null",
        "🙂",
        "\u0000",
        "\uD800",
        "\u2028",
        "? ",
        "!!str ",
        "%",
        "@",
        "amount",
        "[*a]",
        "<<: *a",
        "...",
        "---",
        "limit",
        "amount_min",
        "count()",
        "9999999d",
        "0s",
        "1.5)"
    };

    @Test
    void compilesOrRefusesEveryFileAndNeverThrows() throws IOException {
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        System.out.println("MutatedRulesSimulationTest: -Dsluice.seed=" + seed);
        Random random = new Random(seed);
        RuleCompiler compiler = new RuleCompiler(Orders.TYPES);
        List<String> files = files();
        int refused = 0;
        for (int i = 0; i < FILES; i++) {
            String source = mutated(files.get(random.nextInt(files.size())), random);
            Compilation compilation = compiler.compile(source);
            boolean hasError = compilation.problems().stream().anyMatch(Problem::isError);
            assertThat(compilation.definition().isEmpty()).as(source).isEqualTo(hasError);
            assertThat(compilation.problems())
                    .as(source)
                    .noneMatch(problem -> problem.code().equals("compiler-failure"));
            assertThat(ProblemText.of("f", source, compilation.problems()).isEmpty())
                    .as(source)
                    .isEqualTo(compilation.problems().isEmpty());
            refused += hasError ? 1 : 0;
        }
        assertThat(refused).isBetween(FILES / 20, FILES - 1);
    }

    private static List<String> files() throws IOException {
        List<String> files = new ArrayList<>();
        for (String name : List.of(
                "reserved-words-as-fields",
                "block-scalars",
                "unknown-symbol",
                "no-rules",
                "decisions",
                "unused-names",
                "constants-in-block-scalars",
                "windows",
                "window-settings",
                "windowed-templates")) {
            files.add(Files.readString(Path.of("src/test/resources/rule", name, "rules.yaml")));
        }
        return files;
    }

    private static String mutated(String source, Random random) {
        StringBuilder text = new StringBuilder(source);
        for (int n = random.nextInt(4); n >= 0; n--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 2 -> text.insert(at, text.substring(at, end));
                default -> text.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
            }
        }
        return text.toString();
    }
}
