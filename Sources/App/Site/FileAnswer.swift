public import HTTP

extension Response {
    /// A file for the visitor's machine: nothing in it runs in the browser, and nothing of it is kept there.
    /// - Parameters:
    ///   - type: its media type.
    ///   - name: what it is saved as.
    public static func download(body: ResponseBody, type: String, as name: String) -> Response {
        var response = Response(
            headers: [
                "Content-Type": type, "Content-Disposition": ContentDisposition.attachment(name),
                "Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff",
                "Cache-Control": "no-store",
            ], body: body)
        response.mayCompress = false
        return response
    }
}
