package dev.sluice.engine;

import dev.sluice.config.TopicNames;
import dev.sluice.config.WindowsConfig;
import dev.sluice.control.CurrentImage;
import org.apache.kafka.common.serialization.Serializer;

/** What the evaluating processors of one pool share; all of it safe for many threads. */
record EvaluateParts(
        CurrentImage current,
        Serializer<Object> serializer,
        DeadLetters deadLetters,
        Workers workers,
        RegistryWatch registry,
        TopicNames names,
        WindowsConfig windows,
        WindowFigures figures,
        Timers timers) {}
