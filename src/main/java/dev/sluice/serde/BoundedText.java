package dev.sluice.serde;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The body of an HTTP answer as UTF-8 text, given up when it is longer than a schema can be. */
final class BoundedText implements HttpResponse.BodySubscriber<String> {
    private static final long MOST_BYTES = 16L << 20;

    private final HttpResponse.BodySubscriber<String> text =
            HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8);
    private Flow.@Nullable Subscription subscription;
    private long received;

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        text.onSubscribe(newSubscription);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        if (received > MOST_BYTES) {
            return;
        }
        received += parts.stream().mapToLong(ByteBuffer::remaining).sum();
        if (received > MOST_BYTES && subscription != null) {
            subscription.cancel();
            text.onError(new IOException("the answer has more than " + MOST_BYTES + " bytes"));
        } else {
            text.onNext(parts);
        }
    }

    @Override
    public void onError(Throwable failure) {
        text.onError(failure);
    }

    @Override
    public void onComplete() {
        text.onComplete();
    }

    @Override
    public CompletionStage<String> getBody() {
        return text.getBody();
    }
}
