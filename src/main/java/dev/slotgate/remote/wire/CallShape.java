package dev.slotgate.remote.wire;

import java.util.List;

/** How a call and its answer are written: its number, its name, and the signatures of both. */
public final class CallShape {

    private final int id;
    private final String name;
    private final Signature request;
    private final Signature answer;

    public CallShape(int id, String name, String request, String answer) {
        this.id = id;
        this.name = name;
        this.request = Signature.of(request);
        this.answer = Signature.of(answer);
    }

    public int id() {
        return id;
    }

    /** For example {@code C_Sign}. */
    public String name() {
        return name;
    }

    /** The body of an answer. */
    public byte[] answer(Dialect dialect, List<Object> values) {
        BodyWriter body = new BodyWriter(dialect).word(id).text(answer.text());
        answer.write(body, values);
        return body.body();
    }

    /** @param signature what the body says that it holds */
    Arguments read(String signature, BodyReader body) throws MalformedFrame {
        if (!request.text().equals(signature)) {
            throw new MalformedFrame(name + " with another signature");
        }
        return request.read(body);
    }

    /** As in the protocol's description: for example {@code 43 C_Sign uayfy ay}. */
    @Override
    public String toString() {
        return id + " " + name + " " + request.text() + " " + answer.text();
    }
}
