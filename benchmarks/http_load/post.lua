-- Posts bodies in turn, again and again; counts the answers that are not what they should be.
-- Arguments: file with a body on each line, key, wanted status, pause between the requests of a connection (ms).
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(arguments)
  local headers = {["Content-Type"] = "application/json", ["Authorization"] = "Token " .. arguments[2]}
  prepared, turn = {}, 0
  for body in io.lines(arguments[1]) do
    table.insert(prepared, wrk.format("POST", nil, headers, body))
  end
  wanted, pause = tonumber(arguments[3]), tonumber(arguments[4])
  other, last = 0, ""
end

function request()
  turn = turn % #prepared + 1
  return prepared[turn]
end

-- Spread evenly around the pause, so that connections do not march in step.
function delay()
  return pause == 0 and 0 or math.random() * 2 * pause
end

function response(status, headers, body)
  if status ~= wanted then
    other, last = other + 1, tostring(status)
  end
end

function done(summary, latency, requests)
  local others, latest = 0, ""
  for _, thread in ipairs(threads) do
    others = others + thread:get("other")
    latest = latest .. thread:get("last")
  end
  local errors = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format(
    '{"requests":%d,"seconds":%f,"p50":%f,"p99":%f,"other":%d,"errors":%d,"last":"%s"}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    others, errors, latest))
end
