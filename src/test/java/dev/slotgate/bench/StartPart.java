package dev.slotgate.bench;

import dev.slotgate.Wrk;
import dev.slotgate.hsm.pkcs11.RawToken;
import java.util.List;

/** How long a start takes, with data and an AOT cache that are there, and how much is served at once after it. */
final class StartPart implements Part.Measurement {

    @Override
    public void measure(Stage stage) throws Exception {
        for (Mode mode : Mode.COMPARED) {
            measure(stage, mode);
        }
    }

    static void measure(Stage stage, Mode mode) throws Exception {
        BenchGateway gateway = stage.gateway(mode);
        List<Wrk.Call> signature = List.of(new Calls(gateway.admin()).use(RawToken.Use.ES256, 0));
        for (int start = 1; start <= stage.pace().starts(); start++) {
            stage.say("start %d of %d (%s)".formatted(start, stage.pace().starts(), mode.word()));
            gateway.restart();
            stage.figures()
                    .add(Names.of(Names.READY, mode), "s", gateway.ready().toMillis() / 1e3);
            if (start > stage.pace().starts() - stage.pace().rounds()) {
                double rate = gateway.load(signature)
                        .run(RatesPart.CONNECTIONS, stage.pace().firstSeconds())
                        .perSecond();
                stage.figures().add(Names.of(Names.FIRST, mode), "/s", rate);
            }
        }
    }
}
