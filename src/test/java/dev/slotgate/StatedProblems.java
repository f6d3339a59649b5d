package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.ArrayList;

/** Whatever test meets a problem, the contract must state its code for the call that was answered with it. */
final class StatedProblems {

    private static final Contract CONTRACT = Contract.checkedIn();

    private StatedProblems() {}

    static void check(Gateway.Answer answer) {
        if (answer.status() < 400 || !answer.header("Content-Type").startsWith("application/problem+json")) {
            return;
        }
        HttpRequest request = answer.http().request();
        String code = answer.json().path("code").asString();
        for (Contract.Call call : CONTRACT.calls()) {
            if (call.isOf(request.method(), request.uri().getRawPath())) {
                var stated = new ArrayList<>(CONTRACT.codesOfAnyCall());
                stated.addAll(call.codes(answer.status()));
                assertThat(stated)
                        .as("%s answers %s", call.name(), answer.text())
                        .contains(code);
                return;
            }
        }
    }
}
