import Files
import HTTP
import Site
import TestSite
import Testing

@testable import TrustPages

@Suite("Licences of others' works")
struct LicencesTests {
    let site: TestSite

    init() throws { site = try TestSite(routes: TrustRoutes.routes) }

    @Test("The footer of every page leads to them, and they lead to the notices")
    func footer() throws {
        for path in ["/privacy", "/accessibility", "/licences"] {
            #expect(try site.visitor().get(path).says("href=\"/licences\""), "\(path)")
        }
        let page = try site.visitor().get("/licences")
        #expect(page.status == .ok)
        for work in ["GOV.UK Frontend", "MapLibre GL JS", "htmx", "zxcvbn4j"] { #expect(page.says(work), "\(work)") }
        let address = site.site.assets.address(Licences.notices)
        #expect(page.says("href=\"\(address)\""))
        let answer = try #require(site.site.assets.response(path: address))
        #expect(answer.headers["Content-Type"]?.hasPrefix("text/plain") == true)
    }

    @Test("The notices hold the copyright lines that the licences ask for")
    func notices() throws {
        let text = String(
            decoding: try FileSystem.read("\(TestSite.root)/Assets/\(Licences.notices)", limit: 1 << 20), as: UTF8.self)
        let lines = [
            "Copyright (C) 2017 Crown Copyright (Government Digital Service)", "Copyright (c) 2020, MapLibre",
            "Copyright (c) 2020, Mapbox", "Copyright (C) 2011 by Evan Wallace", "Copyright 2010-2016 Mike Bostock",
            "Permission is hereby granted, free of charge",
        ]
        for line in lines { #expect(text.contains(line), "\(line)") }
    }
}
