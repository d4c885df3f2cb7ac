-- Gets one address again and again; counts the answers that are not what they should be.
-- Arguments: wanted status, entity tag of If-None-Match (may be empty).
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(arguments)
  wanted, other, last = tonumber(arguments[1]), 0, ""
  if arguments[2] and arguments[2] ~= "" then
    wrk.headers["If-None-Match"] = arguments[2]
  end
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
  io.write(string.format('{"requests":%d,"seconds":%f,"other":%d,"errors":%d,"last":"%s"}\n',
    summary.requests, summary.duration / 1e6, others, errors, latest))
end
