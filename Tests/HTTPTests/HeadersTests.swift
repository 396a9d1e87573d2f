import Testing

@testable import HTTP

@Suite struct HeadersTests {
    @Test("Names are compared without regard to case, and lists are joined in order")
    func names() {
        var headers: Headers = ["Accept": "text/html"]
        headers.add("ACCEPT", "text/plain")

        #expect(headers["accept"] == "text/html")
        #expect(headers.all("aCCept") == ["text/html", "text/plain"])
        #expect(headers.joined("Accept") == "text/html, text/plain")
        headers["accept"] = "*/*"
        #expect(headers.all("Accept") == ["*/*"])
        headers["ACCEPT"] = nil
        #expect(headers.fields.isEmpty)
    }

    @Test("A value that could split a head is not taken")
    func splitting() {
        var headers = Headers()

        for value in ["a\r\nSet-Cookie: x=1", "a\nb", "a\rb", "a\0b", "a\u{7F}", "\u{1B}[31m"] {
            let taken = [headers.set("X", to: value), headers.add("X", value)]
            #expect(taken == [false, false])
        }
        for name in ["", "X Y", "X:", "X\r\n", "Ü", "(a)"] {
            let isTaken = headers.add(name, "a")
            #expect(!isTaken)
        }
        #expect(headers.fields.isEmpty)
        let isTaken = headers.set("X", to: "a\tb é")
        #expect(isTaken)
    }

    @Test("A word is found in a list whatever its case and blanks")
    func lists() {
        let headers: Headers = ["Connection": "keep-alive , Upgrade", "Vary": "Accept-Encoding-Not"]

        #expect(headers.list("connection", contains: "upgrade"))
        #expect(!headers.list("Vary", contains: "Accept-Encoding"))
    }
}

@Suite struct CookieTests {
    @Test("A cookie is set with every protection unless said otherwise")
    func setting() {
        let cookie = Cookie("__Host-session", "abc", maxAge: 3600, sameSite: .strict)

        #expect(
            cookie.headerValue
                == "__Host-session=abc; Path=/; Max-Age=3600; Secure; HttpOnly; SameSite=Strict")
        #expect(Cookie.removal(of: "a").headerValue == "a=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax")
        #expect(Cookie("a", "b", isSecure: false, isHTTPOnly: false).headerValue == "a=b; Path=/; SameSite=Lax")
    }

    // RFC 6265 §3.1 and §5.4.
    @Test("Cookies of a request are read, and a name that stands twice has no value")
    func reading() {
        let cookies = Cookies(["SID=31d4d96e407aad42; lang=en-US", "q=\"x y\"; =z; novalue; e=; a=b=c"])

        #expect(cookies["SID"] == "31d4d96e407aad42")
        #expect(cookies["lang"] == "en-US")
        #expect(cookies["q"] == "x y")
        #expect(cookies["e"] == "")
        #expect(cookies["a"] == "b=c")
        #expect(cookies["sid"] == nil)
        #expect(Cookies(["s=1; s=2"])["s"] == nil)
        #expect(Cookies([String(repeating: "a=b;", count: 5000)]).names.count == 100)
    }

    @Test("A value that would break out of its cookie is a fault, and so is a __Host- cookie for less than the site")
    func breakingOut() {
        #expect(Cookie.fault("a", "b; Domain=evil", path: "/", isSecure: true) != nil)
        #expect(Cookie.fault("a b", "b", path: "/", isSecure: true) != nil)
        #expect(Cookie.fault("a", "b", path: "/;x", isSecure: true) != nil)
        #expect(Cookie.fault("__Host-a", "b", path: "/x", isSecure: true) != nil)
        #expect(Cookie.fault("__Host-a", "b", path: "/", isSecure: false) != nil)
        #expect(Cookie.fault("__Host-a", "b", path: "/", isSecure: true) == nil)
    }
}
