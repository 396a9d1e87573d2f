internal import CCurl
internal import Kernel

extension WebFetcher {
    /// By libcurl: TLS checked, no redirects, ten seconds and 256 KiB at most, and no proxy but the one named.
    /// - Parameters:
    ///   - proxy: the address of the proxy through which the provider is reached.
    ///   - authorities: a PEM file of certificate authorities to trust in place of the system's.
    public static func curl(
        proxy: String? = nil, authorities: String? = nil, seconds: Int = 10
    ) -> WebFetcher {
        WebFetcher { (request: WebRequest) throws(Fault) -> WebAnswer in
            let transfer = try CurlTransfer(request)
            transfer.set(proxy: proxy, authorities: authorities, seconds: seconds)
            return try transfer.run()
        }
    }
}

/// One transfer, on the thread that made it.
private final class CurlTransfer {
    private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
    private static let most = 256 << 10

    private let handle: UnsafeMutableRawPointer
    private let request: WebRequest
    private var headers: UnsafeMutablePointer<curl_slist>?
    private var body: [UInt8] = []
    private var isTooLarge = false
    private var status = CURLE_OK

    init(_ request: WebRequest) throws(Fault) {
        guard CurlTransfer.isReady, let handle = curl_easy_init() else {
            throw ProviderFault.make("this program could not prepare a connection", request.address)
        }
        self.handle = handle
        self.request = request
    }

    deinit {
        curl_easy_cleanup(handle)
        curl_slist_free_all(headers)
    }

    private func check(_ code: CURLcode) { if status == CURLE_OK { status = code } }

    private func set(_ option: CURLoption, _ value: Int) { check(concord_curl_set_number(handle, option, value)) }

    private func set(_ option: CURLoption, _ value: String) { check(concord_curl_set_text(handle, option, value)) }

    func set(proxy: String?, authorities: String?, seconds: Int) {
        let protocols = request.address.isSecure ? "https" : "http"
        set(CURLOPT_URL, request.address.text)
        set(CURLOPT_PROTOCOLS_STR, protocols)
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_CONNECTTIMEOUT_MS, min(5, seconds) * 1000)
        set(CURLOPT_TIMEOUT_MS, seconds * 1000)
        set(CURLOPT_USERAGENT, "Concord")
        // An empty text, not none: with none, libcurl would look into the environment.
        set(CURLOPT_PROXY, proxy ?? "")
        if let authorities { set(CURLOPT_CAINFO, authorities) }
        for (name, value) in request.headers where !value.utf8.contains(where: { $0 < 0x20 }) {
            headers = curl_slist_append(headers, "\(name): \(value)")
        }
        check(concord_curl_set_headers(handle, headers))
        if let body = request.body {
            check(concord_curl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
            set(CURLOPT_COPYPOSTFIELDS, String(decoding: body, as: UTF8.self))
        }
    }

    func run() throws(Fault) -> WebAnswer {
        // The transfer ends before this function does, so that the writer needs no count of references.
        let context = Unmanaged.passUnretained(self).toOpaque()
        check(
            concord_curl_set_writer(
                handle,
                { start, size, count, context in
                    guard let start, let context else { return 0 }
                    let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
                    return transfer.take(UnsafeRawBufferPointer(start: start, count: size * count))
                }, context))
        guard status == CURLE_OK else { throw fault(status) }
        let result = curl_easy_perform(handle)
        guard result == CURLE_OK else { throw fault(result) }
        var code = 0
        guard concord_curl_get_number(handle, CURLINFO_RESPONSE_CODE, &code) == CURLE_OK else { throw fault(status) }
        return WebAnswer(status: code, body: body)
    }

    // Fewer bytes taken than given end the transfer.
    private func take(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard body.count + bytes.count <= CurlTransfer.most else {
            isTooLarge = true
            return 0
        }
        body.append(contentsOf: bytes)
        return bytes.count
    }

    private func fault(_ code: CURLcode) -> Fault {
        let why =
            switch code {
            case _ where isTooLarge: "its answer is larger than \(CurlTransfer.most >> 10) KB"
            case CURLE_COULDNT_RESOLVE_HOST: "its name is not known"
            case CURLE_COULDNT_CONNECT: "nothing answers there"
            case CURLE_OPERATION_TIMEDOUT: "it took too long to answer"
            case CURLE_PEER_FAILED_VERIFICATION: "its certificate is not to be trusted"
            case CURLE_SSL_CACERT_BADFILE: "the file of certificate authorities could not be read"
            default: "the connection failed (\(String(cString: curl_easy_strerror(code))))"
            }
        return ProviderFault.make(why, request.address)
    }
}
