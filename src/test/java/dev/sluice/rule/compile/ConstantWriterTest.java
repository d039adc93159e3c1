package dev.sluice.rule.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConstantWriterTest {
    private static final Place PLACE = new Place(1, 1);
    private static final Scope CONSTANTS = new Scope(
            Map.of(
                    "limit", new Constant("limit", PLACE, "7"),
                    "below", new Constant("below", PLACE, "(-5)"),
                    "word", new Constant("word", PLACE, "\"\""),
                    "vip", new Constant("vip", PLACE, "[\"😀\", 'b']")),
            Map.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "amount > limit| amount > 7",
                "limit+limit| 7+7",
                "amount - below| amount - (-5)",
                "-below| -(-5)",
                "customer in vip| customer in [\"😀\", 'b']",
                "limits + unlimit + limit_| limits + unlimit + limit_",
                "Limit| Limit",
                "bill_to.limit| bill_to.limit",
                "bill_to . limit| bill_to . limit",
                "limit.size()| 7 .size()",
                "limit(limit)| limit(7)",
                "limit (1)| limit (1)",
                "has(limit)| has(7)",
                "'limit' + \"limit\" + r'limit' + '''limit'''| 'limit' + \"limit\" + r'limit' + '''limit'''",
                "amount // limit| amount // limit",
                "counts[limit]| counts[7]",
                "{limit: limit}| {7: 7}",
                "x ? limit : below| x ? 7 : (-5)",
                "tags.all(t, t == word)| tags.all(t, t == \"\")",
                "1limit| 1 7",
                "a`limit`| a`limit`",
            })
    void writesConstantsOutWhereTheNameMeansAValue(String text, String expected) {
        ConstantWriter writer = new ConstantWriter(text, CONSTANTS);
        String written = writer.write(writer.uses()).text();
        assertThat(written).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1limit", "limit.5", "\"\"word", "word\"abc\"\"\"", "amount limit", "limit amount"})
    void leavesMistakesMistakes(String text) {
        ConstantWriter writer = new ConstantWriter(text, CONSTANTS);
        String written = writer.write(writer.uses()).text();
        assertThat(written).isNotEqualTo(text);
        assertThat(new ExpressionChecker(Orders.TYPE).check(written).findings())
                .anyMatch(finding -> finding.code().equals("syntax"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"amount = limit", "'limit", "limit # limit"})
    void leavesTextAloneThatIsNoExpression(String text) {
        assertThat(new ConstantWriter(text, CONSTANTS).uses()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"tags.all(limit, true)", "tags . exists( limit , limit == 'a')", "tags.map(limit, true, 1)"})
    void findsVariablesNamedLikeAConstant(String text) {
        assertThat(new ConstantWriter(text, CONSTANTS).macroVariable()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tags.all(t, limit > 1)", "math.greatest(limit, 1)", "all(limit, 1)", "tags.exists(limit)"})
    void takesNoOtherNameForAVariable(String text) {
        assertThat(new ConstantWriter(text, CONSTANTS).macroVariable()).isEmpty();
    }

    @Test
    void findsTheAuthorsPlaceOfEveryCharacter() {
        String text = "'😀' in vip && n > limit && x";
        ConstantWriter writer = new ConstantWriter(text, CONSTANTS);
        WrittenOut written = writer.write(writer.uses());
        assertThat(written.text()).isEqualTo("'😀' in [\"😀\", 'b'] && n > 7 && x");
        int[] points = written.text().codePoints().toArray();
        int[] author = text.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            int at = written.authorOffset(i);
            boolean inList = i >= 7 && i < 17;
            boolean inLimit = i == 25;
            assertThat(at).as("offset %d", i).isEqualTo(inList ? 7 : inLimit ? 18 : at);
            if (!inList && !inLimit) {
                assertThat(author[at]).as("offset %d", i).isEqualTo(points[i]);
            }
        }
        assertThat(written.authorOffset(points.length)).isEqualTo(author.length);
    }

    @Test
    void givesOffsetsAsItsExampleSays() {
        ConstantWriter writer = new ConstantWriter("n > limit && x", CONSTANTS);
        WrittenOut written = writer.write(writer.uses());
        assertThat(written.text()).isEqualTo("n > 7 && x");
        assertThat(written.authorOffset(4)).isEqualTo(4);
        assertThat(written.authorOffset(9)).isEqualTo(13);
    }
}
