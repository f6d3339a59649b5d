# ./slotgate bench, for the launcher to read in.

help_bench() {
    cat <<'TEXT'
./slotgate bench [--quick] [--only <part>,<part>…] [--json <file>]
./slotgate bench --micro [<what JMH takes>…]

  Measures the gateway against the raw token, with wrk as the caller, and says which goals are reached. It takes less than
  15 minutes, in which the machine should have nothing else to do; docs/performance.md tells how to read the figures.
  Installs wrk, SoftHSM and Maven with apt where they are missing.

  --quick         in about 2 minutes; the figures are only indicative, since nothing is warm
  --only <part>   of start, rates, batch, load and growth; or least, which no whole run has: in 7 minutes, what the
                  libraries alone would cost
  --json <file>   writes the figures there (target/bench.json); relative paths start at the launcher's folder
  --micro         what is on the way of a signature, one by one, with JMH, which Maven fetches; writes target/bench-micro.json.
                  For example: ./slotgate bench --micro JournalBenchmark -f 1
TEXT
}

bench() {
    profile=
    case ${1:-} in
    --help | -h) help_bench && return ;;
    --micro) profile=-Pbench && shift ;;
    esac
    find_jdk
    need mvn maven
    need wrk wrk
    softhsm >/dev/null || install softhsm2
    # What the gateways are started with, or the first start would be long.
    unpack
    aot_cache >/dev/null || :
    cd "$home"
    mvn -B -ntp -q $profile -Djacoco.skip=true test-compile dependency:build-classpath -Dmdep.includeScope=test \
        -Dmdep.outputFile=target/bench.classpath >target/bench.log 2>&1 ||
        fail "the benchmarks do not compile; $(grep -m 1 '^\[ERROR\]' target/bench.log || true) (all of it: target/bench.log)"
    classes=target/test-classes:target/classes:$(cat target/bench.classpath)
    if [ -n "$profile" ]; then
        exec "$JAVA_HOME/bin/java" -cp "$classes" org.openjdk.jmh.Main -rf json -rff target/bench-micro.json "$@"
    fi
    exec "$JAVA_HOME/bin/java" "@$dist/jvm.options" -cp "$classes" dev.slotgate.bench.Bench "$@"
}
