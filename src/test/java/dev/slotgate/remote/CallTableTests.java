package dev.slotgate.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.hsm.CallersPins;
import dev.slotgate.hsm.KeyBook;
import dev.slotgate.hsm.KeyUses;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.Slots;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The calls that are served, beside those of the protocol. */
class CallTableTests {

    /** Every call of p11-kit 0.26: its number, its name, and what request and answer hold. */
    private static final String PROTOCOL = """
            1 C_Initialize ayyay
            2 C_Finalize
            3 C_GetInfo  vsusv
            4 C_GetSlotList yfu au
            5 C_GetSlotInfo u ssuvv
            6 C_GetTokenInfo u ssssuuuuuuuuuuuvvs
            7 C_GetMechanismList ufu au
            8 C_GetMechanismInfo uu uuu
            9 C_InitToken uayz
            10 C_OpenSession uu u
            11 C_CloseSession u
            12 C_CloseAllSessions u
            13 C_GetSessionInfo u uuuu
            14 C_InitPIN uay
            15 C_SetPIN uayay
            16 C_GetOperationState ufy ay
            17 C_SetOperationState uayuu
            18 C_Login uuay
            19 C_Logout u
            20 C_CreateObject uaA u
            21 C_CopyObject uuaA u
            22 C_DestroyObject uu
            23 C_GetObjectSize uu u
            24 C_GetAttributeValue uufA aAu
            25 C_SetAttributeValue uuaA
            26 C_FindObjectsInit uaA
            27 C_FindObjects ufu au
            28 C_FindObjectsFinal u
            29 C_EncryptInit uMu
            30 C_Encrypt uayfy ay
            31 C_EncryptUpdate uayfy ay
            32 C_EncryptFinal ufy ay
            33 C_DecryptInit uMu
            34 C_Decrypt uayfy ay
            35 C_DecryptUpdate uayfy ay
            36 C_DecryptFinal ufy ay
            37 C_DigestInit uM
            38 C_Digest uayfy ay
            39 C_DigestUpdate uay
            40 C_DigestKey uu
            41 C_DigestFinal ufy ay
            42 C_SignInit uMu
            43 C_Sign uayfy ay
            44 C_SignUpdate uay
            45 C_SignFinal ufy ay
            46 C_SignRecoverInit uMu
            47 C_SignRecover uayfy ay
            48 C_VerifyInit uMu
            49 C_Verify uayay
            50 C_VerifyUpdate uay
            51 C_VerifyFinal uay
            52 C_VerifyRecoverInit uMu
            53 C_VerifyRecover uayfy ay
            54 C_DigestEncryptUpdate uayfy ay
            55 C_DecryptDigestUpdate uayfy ay
            56 C_SignEncryptUpdate uayfy ay
            57 C_DecryptVerifyUpdate uayfy ay
            58 C_GenerateKey uMaA u
            59 C_GenerateKeyPair uMaAaA uu
            60 C_WrapKey uMuufy ay
            61 C_UnwrapKey uMuayaA u
            62 C_DeriveKey uMuaA u
            63 C_SeedRandom uay
            64 C_GenerateRandom ufy ay
            65 C_WaitForSlotEvent u u
            66 C_LoginUser uuayay
            67 C_SessionCancel uu
            68 C_MessageEncryptInit uMu
            69 C_EncryptMessage uayayayfy ay
            70 C_EncryptMessageBegin uayay
            71 C_EncryptMessageNext uayayfyu ay
            72 C_MessageEncryptFinal u
            73 C_MessageDecryptInit uMu
            74 C_DecryptMessage uayayayfy ay
            75 C_DecryptMessageBegin uayay
            76 C_DecryptMessageNext uayayfyu ay
            77 C_MessageDecryptFinal u
            78 C_MessageSignInit uMu
            79 C_SignMessage uayayfy ay
            80 C_SignMessageBegin uay
            81 C_SignMessageNext uayayyfy ay
            82 C_MessageSignFinal u
            83 C_MessageVerifyInit uMu
            84 C_VerifyMessage uayayay
            85 C_VerifyMessageBegin uay
            86 C_VerifyMessageNext uayayay
            87 C_MessageVerifyFinal u
            88 C_InitToken2 uays
            89 C_DeriveKey2 uMuaA uPu
            """;

    @Test
    void everyCallIsWrittenAsTheProtocolHasIt() {
        List<String> protocol = PROTOCOL.lines().map(String::strip).toList();

        assertThat(calls())
                .isNotEmpty()
                .allSatisfy(call ->
                        assertThat(protocol).contains(call.shape().toString().strip()));
        assertThat(calls().stream().map(call -> call.shape().id())).doesNotHaveDuplicates();
    }

    @Test
    void aCallThatIsAboutASlotOrASessionNamesItFirst() {
        List<Call> about = calls().stream()
                .filter(call -> call.target() != Call.Target.NOTHING)
                .toList();

        assertThat(about)
                .extracting(call -> call.shape().toString().split(" ", -1)[2])
                .allMatch(request -> request.startsWith("u"));
    }

    private static List<Call> calls() {
        KeyBook book = none(KeyBook.class);
        KeyUses uses = none(KeyUses.class);
        CallersPins pins = none(CallersPins.class);
        Slots slots = none(Slots.class);
        var objects = new TokenObjects(book);
        var settings = new RemoteSettings(false, null, null, InetAddress.getLoopbackAddress(), false, List.of());
        var templates = new Templates(settings);
        var ids = new NewKeyIds(none(Keys.class));
        List<Call.Family> families = List.of(
                new GeneralCalls(),
                new SlotCalls(slots),
                new MechanismCalls(slots),
                new SessionCalls(pins),
                new PinCalls(pins),
                new SearchCalls(objects),
                new ObjectCalls(book),
                new ObjectCreationCalls(book, templates, ids, objects),
                new KeyGenerationCalls(book, templates, ids),
                new WrappingCalls(book, templates, ids),
                new SigningCalls(uses),
                new VerifyingCalls(uses),
                new EncryptionCalls(uses),
                new DecryptionCalls(uses),
                new DigestCalls(),
                new RandomCalls(uses));
        return families.stream().flatMap(family -> family.calls().stream()).toList();
    }

    private static <T> T none(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> {
            throw new UnsupportedOperationException(method.getName());
        }));
    }
}
