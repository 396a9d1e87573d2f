import HTTP
import TestSite
import Testing

@testable import AccountPages

@Suite("The frame of the site")
struct FrameTests {
    @Test("What is not there is answered with a page without problems")
    func notFound() throws {
        let site = try TestSite(routes: AccountRoutes.routes)
        let answer = try site.visitor().get("/no/such/page")
        #expect(answer.status == .notFound)
        #expect(answer.problems == [])
    }
}
