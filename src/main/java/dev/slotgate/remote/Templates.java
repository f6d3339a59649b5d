package dev.slotgate.remote;

import static dev.slotgate.remote.Cryptoki.*;

import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.Usage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What the key policy makes of templates: a key is for one purpose, sensitive and private. A template that wants more is narrowed,
 * since stock tools ask for everything by default; in strict mode it is refused.
 */
@Component
class Templates {

    private final boolean strict;

    Templates(RemoteSettings settings) {
        this.strict = settings.strict();
    }

    /** CKA_ID as the client wants it, or a new one. */
    KeyId id(Template... templates) {
        return first(templates, template -> template.find(ID))
                .map(Templates::checkedId)
                .orElseGet(KeyId::random);
    }

    private static KeyId checkedId(byte[] id) {
        if (id.length > KeyId.MAX_BYTES) {
            throw new CallRefused(ReturnCode.ATTRIBUTE_VALUE_INVALID);
        }
        return KeyId.of(id);
    }

    static @Nullable String label(Template... templates) {
        return first(templates, template -> template.text(LABEL)).orElse(null);
    }

    /** The one purpose of a key of the type. @throws CallRefused TEMPLATE_INCONSISTENT in strict mode for several */
    Usage usage(KeyType type, Template ofPublic, Template ofPrivate) {
        List<Usage> offered = Purpose.of(type);
        List<Usage> wanted = offered.stream()
                .filter(usage -> Purpose.isWanted(usage, ofPublic) || Purpose.isWanted(usage, ofPrivate))
                .toList();
        if (wanted.size() == 1) {
            return wanted.getFirst();
        }
        refuseIfStrict(!wanted.isEmpty());
        return wanted.isEmpty() ? offered.getFirst() : wanted.getFirst();
    }

    /** Whether the key may leave its token, wrapped. @throws CallRefused TEMPLATE_INCONSISTENT in strict mode for one in the clear */
    boolean mayLeave(Template template) {
        refuseIfStrict(template.isUnset(SENSITIVE) || template.isUnset(PRIVATE));
        return template.isSet(EXTRACTABLE);
    }

    private void refuseIfStrict(boolean moreThanAllowed) {
        if (strict && moreThanAllowed) {
            throw new CallRefused(ReturnCode.TEMPLATE_INCONSISTENT);
        }
    }

    private static <T> Optional<T> first(Template[] templates, Function<Template, Optional<T>> part) {
        return Arrays.stream(templates).map(part).flatMap(Optional::stream).findFirst();
    }

    /** The purposes of keys, by the attributes that permit them; the first is what a template without one gets. */
    private enum Purpose {
        OF_SIGN(Usage.SIGN, SIGN, VERIFY),
        OF_DECRYPT(Usage.DECRYPT, DECRYPT, ENCRYPT),
        OF_ENCRYPT(Usage.ENCRYPT, ENCRYPT, DECRYPT),
        OF_MAC(Usage.MAC, SIGN, VERIFY),
        OF_DERIVE(Usage.DERIVE, DERIVE, DERIVE),
        OF_WRAP(Usage.WRAP, WRAP, UNWRAP);

        private final Usage usage;
        private final long attribute;
        private final long other;

        Purpose(Usage usage, long attribute, long other) {
            this.usage = usage;
            this.attribute = attribute;
            this.other = other;
        }

        static boolean isWanted(Usage usage, Template template) {
            return Stream.of(values())
                    .filter(purpose -> purpose.usage == usage)
                    .anyMatch(purpose -> template.isSet(purpose.attribute) || template.isSet(purpose.other));
        }

        static List<Usage> of(KeyType type) {
            return switch (type) {
                case RSA -> List.of(Usage.SIGN, Usage.DECRYPT, Usage.WRAP);
                case EC -> List.of(Usage.SIGN, Usage.DERIVE);
                case OKP -> List.of(Usage.SIGN);
                case AES -> List.of(Usage.ENCRYPT, Usage.MAC, Usage.WRAP);
                case HMAC -> List.of(Usage.MAC);
            };
        }
    }
}
