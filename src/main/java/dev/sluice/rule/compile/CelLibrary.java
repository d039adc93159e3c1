package dev.sluice.rule.compile;

import dev.cel.common.CelOptions;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelResolvedOverload;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeLibrary;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.RuntimeEquality;
import dev.cel.runtime.RuntimeHelpers;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** cel-java's functions by overload, to be called by planned expressions without its runtime. Immutable. */
final class CelLibrary {
    private final Map<String, CelFunctionBinding> bindings = new HashMap<>();

    /** The standard functions and those of the extensions. */
    CelLibrary(CelOptions options, List<CelRuntimeLibrary> extensions) {
        RuntimeEquality equality = RuntimeEquality.create(RuntimeHelpers.create(), options);
        add(CelStandardFunctions.newBuilder().build().newFunctionBindings(equality, options));
        CelRuntimeBuilder collector = collector();
        extensions.forEach(extension -> extension.setRuntimeOptions(collector));
    }

    /**
     * @param function name in the syntax tree, such as {@code _+_}
     * @param overload id of the overload, or the name of the function for a choice by the operands at run time
     */
    Optional<CelResolvedOverload> find(String function, String overload) {
        return Optional.ofNullable(bindings.get(overload))
                .map(binding -> CelResolvedOverload.of(
                        function,
                        binding.getOverloadId(),
                        binding.getDefinition(),
                        binding.isStrict(),
                        binding.getArgTypes()));
    }

    private void add(Iterable<?> functions) {
        for (Object function : functions) {
            if (function instanceof CelFunctionBinding binding) {
                bindings.put(binding.getOverloadId(), binding);
            }
        }
    }

    /** Extensions hand out their functions only to a builder of a runtime: this one takes nothing else. */
    private CelRuntimeBuilder collector() {
        return (CelRuntimeBuilder) Proxy.newProxyInstance(
                CelRuntimeBuilder.class.getClassLoader(),
                new Class<?>[] {CelRuntimeBuilder.class},
                (self, method, arguments) -> {
                    if (method.getName().equals("addFunctionBindings")) {
                        add(arguments[0] instanceof Object[] array ? List.of(array) : (Iterable<?>) arguments[0]);
                    }
                    return self;
                });
    }
}
