-- Has wrk send by the clock, and not when the last answer has come: with one connection for each of its threads, which send in turn.
-- How long an answer took counts from when its request was to be sent: one that finds its connection busy has waited.
--
--   wrk -t<n> -c<n> ... -s open-loop.lua <url> -- <gap> <n> <calls> <file>
--
--   gap     microseconds from one request to the next of any thread
--   calls   how many of each thread count, from the first one on; the rest keeps up the load until their answers are there
--   file    the request, as it is sent
--
-- Prints "took <nanoseconds>" for each answer that counts.

local ffi = require("ffi")
ffi.cdef [[
struct timespec { long seconds; long nanos; };
int clock_gettime(int clock, struct timespec *time);
int clock_nanosleep(int clock, int flags, const struct timespec *until, struct timespec *left);
]]
local MONOTONIC, ABSOLUTE = 1, 1
local time = ffi.new("struct timespec")

local function now()
    ffi.C.clock_gettime(MONOTONIC, time)
    return tonumber(time.seconds) * 1e6 + tonumber(time.nanos) / 1e3
end

local function sleep(micros)
    time.seconds = math.floor(micros / 1e6)
    time.nanos = micros % 1e6 * 1e3
    ffi.C.clock_nanosleep(MONOTONIC, ABSOLUTE, time, nil)
end

-- What follows runs once, before the threads do.

local threads = {}
local start

function setup(thread)
    start = start or now() + 2e5
    thread:set("due", start)
    thread:set("index", #threads)
    table.insert(threads, thread)
end

-- What follows runs in each thread. Its globals are seen from outside.

took = {}
local between, calls, request_text, sent

function init(args)
    local gap = tonumber(args[1])
    between, calls = gap * tonumber(args[2]), tonumber(args[3])
    local file = assert(io.open(args[4]))
    request_text = file:read("*a")
    file:close()
    due = due + index * gap
end

-- wrk asks for the next request as soon as it has the last one's answer.
function request()
    if sent then
        if #took < calls then
            table.insert(took, now() - due)
        end
        due = due + between
    end
    sent = true
    sleep(due)
    return request_text
end

-- And this once, after them.
function done()
    for _, thread in ipairs(threads) do
        for _, micros in ipairs(thread:get("took")) do
            print(string.format("took %.0f", micros * 1e3))
        end
    end
end
