package dev.slotgate.remote.wire;

/** The body of a request, of which the number of the call is known first. */
public final class RequestBody {

    private final BodyReader body;
    private final int call;
    private final String signature;

    /** @throws MalformedFrame when it does not even begin like one */
    public RequestBody(byte[] bytes, Dialect dialect) throws MalformedFrame {
        this.body = new BodyReader(bytes, dialect);
        this.call = (int) body.word();
        this.signature = body.text();
    }

    public int call() {
        return call;
    }

    /** The rest, as a call of this shape. */
    public Arguments read(CallShape shape) throws MalformedFrame {
        return shape.read(signature, body);
    }

    /** The body that answers any call with a return code; CKR_OK is none. */
    public static byte[] error(long returnCode) {
        return new BodyWriter(Dialect.V0).word(0).text("u").number(returnCode).body();
    }
}
