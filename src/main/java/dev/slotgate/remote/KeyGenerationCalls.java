package dev.slotgate.remote;

import static dev.slotgate.remote.Cryptoki.EC_PARAMS;
import static dev.slotgate.remote.Cryptoki.MODULUS_BITS;
import static dev.slotgate.remote.Cryptoki.PUBLIC_EXPONENT;
import static dev.slotgate.remote.Cryptoki.TOKEN;
import static dev.slotgate.remote.Cryptoki.VALUE_LEN;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyBook;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.remote.wire.Mechanism;
import dev.slotgate.security.Scope;
import java.math.BigInteger;
import java.util.List;
import org.springframework.stereotype.Component;

/** The generation of keys (PKCS#11 2.40 section 5.15). Those that last no longer than a session are not made. */
@Component
class KeyGenerationCalls implements Call.Family {

    private static final Rule GENERATE = Rule.change(Scope.KEYS_WRITE, "keys.generate");

    private static final BigInteger EXPONENT = BigInteger.valueOf(65537);

    private final KeyBook book;
    private final Templates templates;
    private final NewKeyIds ids;

    KeyGenerationCalls(KeyBook book, Templates templates, NewKeyIds ids) {
        this.book = book;
        this.templates = templates;
        this.ids = ids;
    }

    @Override
    public List<Call> calls() {
        return List.of(
                Call.onSession(58, "C_GenerateKey", "uMaA", "u", GENERATE, this::generate),
                Call.onSession(59, "C_GenerateKeyPair", "uMaAaA", "uu", GENERATE, this::generatePair));
    }

    private List<Object> generate(CallContext call) {
        Template template = new Template(call.arguments().attributes(2));
        Key key = made(call, secret(call.arguments().mechanism(1), template), template, template);
        return List.of(call.application().objects().of(TokenObjects.ofPrivate(key)));
    }

    private List<Object> generatePair(CallContext call) {
        Template ofPublic = new Template(call.arguments().attributes(2));
        Template ofPrivate = new Template(call.arguments().attributes(3));
        Key key = made(call, pair(call.arguments().mechanism(1), ofPublic), ofPublic, ofPrivate);
        ObjectHandles handles = call.application().objects();
        return List.of(handles.of(TokenObjects.ofPublic(key)), handles.of(TokenObjects.ofPrivate(key)));
    }

    private Key made(CallContext call, KeySpec spec, Template ofPublic, Template ofPrivate) {
        call.requireReadWrite();
        call.requireUser();
        if (!ofPrivate.isSet(TOKEN)) {
            throw new CallRefused(ReturnCode.TEMPLATE_INCONSISTENT);
        }
        KeyId id = templates.id(ofPrivate, ofPublic);
        call.trail().key(id.hex());
        var order = new NewKey(
                id,
                Templates.label(ofPrivate, ofPublic),
                spec,
                templates.usage(spec.type(), ofPublic, ofPrivate),
                templates.mayLeave(ofPrivate));
        return ids.make(call.slot(), id, () -> book.generate(call.slot(), order));
    }

    private static KeySpec secret(Mechanism mechanism, Template template) {
        int bits = Math.clamp(template.number(VALUE_LEN), 0, KeySpec.Hmac.MAX_BITS) * Byte.SIZE;
        return switch ((int) mechanism.type()) {
            case 0x1080 -> KeySpec.Aes.SIZES.contains(bits) ? new KeySpec.Aes(bits) : refusedSize();
            case 0x350 -> KeySpec.Hmac.isSize(bits) ? new KeySpec.Hmac(bits) : refusedSize();
            default -> throw new CallRefused(ReturnCode.MECHANISM_INVALID);
        };
    }

    private static KeySpec pair(Mechanism mechanism, Template template) {
        return switch ((int) mechanism.type()) {
            case 0x0 -> rsa(template);
            case 0x1040, 0x1055 ->
                new KeySpec.OnCurve(Curve.ofParameters(template.bytes(EC_PARAMS))
                        .orElseThrow(() -> new CallRefused(ReturnCode.ATTRIBUTE_VALUE_INVALID)));
            default -> throw new CallRefused(ReturnCode.MECHANISM_INVALID);
        };
    }

    private static KeySpec rsa(Template template) {
        if (template.has(PUBLIC_EXPONENT) && !new BigInteger(1, template.bytes(PUBLIC_EXPONENT)).equals(EXPONENT)) {
            throw new CallRefused(ReturnCode.ATTRIBUTE_VALUE_INVALID);
        }
        int bits = Math.clamp(template.number(MODULUS_BITS), 0, Integer.MAX_VALUE);
        return KeySpec.Rsa.SIZES.contains(bits) ? new KeySpec.Rsa(bits) : refusedSize();
    }

    private static KeySpec refusedSize() {
        throw new CallRefused(ReturnCode.KEY_SIZE_RANGE);
    }
}
