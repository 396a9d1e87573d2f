internal import Kernel
internal import Synchronization

/// Counts for Prometheus (text exposition format 0.0.4). Labels are route patterns, methods and statuses: few, and never
/// a user's text.
public final class Metrics: Sendable {
    private struct Series: Hashable {
        let method: String
        let route: String
    }

    private struct Values {
        var statuses: [Int: Int] = [:]
        var buckets = [Int](repeating: 0, count: Metrics.bounds.count)
        var count = 0
        var seconds = 0.0
        var bytes = 0
    }

    private struct State {
        var series: [Series: Values] = [:]
        var gauges: [String: (help: String, value: @Sendable () -> Double)] = [:]
    }

    /// The upper bounds of the histogram, in seconds.
    static let bounds: [Double] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    private let state = Mutex(State())

    /// No counts yet.
    public init() {}

    /// Adds a gauge that is asked when the metrics are read.
    /// - Parameter name: such as `concord_jobs_waiting`: letters, digits and underscores.
    public func gauge(_ name: String, help: String, value: @escaping @Sendable () -> Double) {
        state.withLock { $0.gauges[name] = (help, value) }
    }

    func count(_ record: AccessRecord) {
        let seconds = record.milliseconds / 1000
        let bucket = Metrics.bounds.firstIndex { seconds <= $0 }
        state.withLock { state in
            let key = Series(method: record.method, route: record.route)
            var values = state.series.removeValue(forKey: key) ?? Values()
            values.statuses[record.status, default: 0] += 1
            if let bucket { values.buckets[bucket] += 1 }
            values.count += 1
            values.seconds += seconds
            values.bytes += record.bytesOut
            state.series[key] = values
        }
    }

    /// The text of /metrics.
    public var exposition: String {
        let (series, gauges) = state.withLock { ($0.series, $0.gauges) }
        let sorted = series.sorted { ($0.key.route, $0.key.method) < ($1.key.route, $1.key.method) }
        var out = "# HELP http_requests_total Requests answered.\n# TYPE http_requests_total counter\n"
        for (key, values) in sorted {
            for (status, count) in values.statuses.sorted(by: { $0.key < $1.key }) {
                out += "http_requests_total{\(Metrics.labels(key)),status=\"\(status)\"} \(count)\n"
            }
        }
        out += "# HELP http_response_bytes_total Bytes of answers' bodies.\n# TYPE http_response_bytes_total counter\n"
        for (key, values) in sorted { out += "http_response_bytes_total{\(Metrics.labels(key))} \(values.bytes)\n" }
        out += "# HELP http_request_seconds Time from the request line to the last byte.\n"
        out += "# TYPE http_request_seconds histogram\n"
        for (key, values) in sorted { out += Metrics.histogram(key, values) }
        for (name, gauge) in gauges.sorted(by: { $0.key < $1.key }) {
            out += "# HELP \(name) \(gauge.help)\n# TYPE \(name) gauge\n\(name) \(shortest(gauge.value()))\n"
        }
        return out
    }

    private static func histogram(_ key: Series, _ values: Values) -> String {
        let labels = labels(key)
        var out = ""
        var sum = 0
        for (bound, count) in zip(bounds, values.buckets) {
            sum += count
            out += "http_request_seconds_bucket{\(labels),le=\"\(shortest(bound))\"} \(sum)\n"
        }
        out += "http_request_seconds_bucket{\(labels),le=\"+Inf\"} \(values.count)\n"
        out += "http_request_seconds_sum{\(labels)} \(shortest(values.seconds))\n"
        return out + "http_request_seconds_count{\(labels)} \(values.count)\n"
    }

    private static func labels(_ key: Series) -> String {
        "method=\"\(escaped(key.method))\",route=\"\(escaped(key.route))\""
    }

    private static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": out += "\\\\"
            case "\"": out += "\\\""
            case "\n": out += "\\n"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
