import Files
import Kernel
import Tables
import Testing

@testable import Records

@Suite("Mappings")
struct MappingTests {
    /// Headers as the sources publish them.
    static let headers: [(mapping: String, header: String)] = [
        (
            "police-uk-street",
            "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
                + "Last outcome category,Context"
        ),
        (
            "police-uk-outcomes",
            "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Outcome type"
        ),
        (
            "police-uk-stop-and-search",
            "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,"
                + "Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,"
                + "Outcome linked to object of search,Removal of more than just outer clothing"
        ),
        ("mps-ward", "MajorText,MinorText,WardName,WardCode,LookUp_BoroughName,202307,202308"),
        ("mps-ward", "majortext,minortext,wardname,wardcode,lookup_boroughname,202402,202403"),
        ("mps-ward", "wardname,wardcode,majortext,minortext,lookup_boroughname,201004"),
        ("mps-borough", "majortext,minortext,boroughname,202403,202404"),
        ("mps-lsoa", "lsoa_code,lsoa_name,borough,major_category,minor_category,202402"),
        ("lsoa-month-category", "lsoa_code,lsoa_name,borough,category,year,month,crime_count"),
        ("borough-month-category", "borough_code,borough,category,year,month,crime_count"),
        ("asb-points", "month,longitude,latitude,location,lsoa_code"),
        ("concord-incidents", "incident_id,source,category,from,to,lsoa,knife"),
        ("concord-people", "incident_id,source,role,person_ref,sex,age"),
    ]

    @Test("Every source is recognised by its header", arguments: headers)
    func recognised(mapping: String, header: String) throws {
        let columns = header.split(separator: ",").map(String.init)
        let library = try Place.library()

        #expect(try library.recognise(header: columns, path: "x.csv").id == mapping)
        #expect(
            try library.recognise(header: columns.reversed().map { " \($0.uppercased()) " }, path: "x.csv").id
                == mapping)
    }

    @Test("Every mapping that is shipped is tried here")
    func all() throws {
        #expect(Set(try Place.library().mappings.map(\.id)) == Set(Self.headers.map(\.mapping)))
    }

    @Test("A wide table without months, and a header of another kind, are not recognised")
    func unknown() throws {
        let library = try Place.library()

        #expect(!library.recognises(header: ["majortext", "minortext", "boroughname"]))
        #expect(!library.recognises(header: ["a", "b"]))
        #expect(throws: Fault.self) { try library.recognise(header: ["a", "b"], path: "x.csv") }
        #expect(throws: Fault.self) { try library.mapping(named: "nosuch") }
    }

    static let published: [(mapping: String, path: String)] = [
        ("police-uk-street", "police_uk_avon_somerset/2023-01-avon-and-somerset-street.csv.gz"),
        ("police-uk-street", "police_uk_met_burglary/raw_monthly/2024-03-metropolitan-street.csv"),
        ("police-uk-outcomes", "police_uk_met_burglary/raw_monthly/2024-03-metropolitan-outcomes.csv"),
        ("police-uk-stop-and-search", "stop_search/2018-03-metropolitan-stop-and-search.csv.gz"),
        ("mps-ward", "london_datastore_mps/MPS Ward Level Crime (most recent 24 months) 2023-07_to_2025-06.csv"),
        ("mps-ward", "london_datastore_mps/recorded-crime-ward.csv.gz"),
        ("mps-ward", "london_datastore_mps/recorded-crime-ward-historical.csv.gz"),
        ("mps-borough", "london_datastore_mps/recorded-crime-borough.csv.gz"),
        ("mps-borough", "london_datastore_mps/recorded-crime-borough-historical.csv.gz"),
        ("mps-lsoa", "london_datastore_mps/recorded-crime-lsoa.csv.gz"),
        ("asb-points", "asb/northumbria_asb.tab"),
    ]

    @Test("The files as published are recognised", .enabled(if: Place.hasShared, Place.absent), arguments: published)
    func files(mapping: String, path: String) throws {
        let header = try DelimitedFile(path: Place.data(path)).header

        #expect(try Place.library().recognise(header: header, path: path).id == mapping)
    }

    static let wrong: [(definition: String, place: String)] = [
        ("{\"id\": \"x\"}", "\"title\" is missing"),
        (
            "{\"id\":\"x\",\"title\":\"t\",\"version\":\"1\",\"recognise\":[\"a\"],\"columns\":{\"colour\":\"a\"},"
                + "\"source\":{\"id\":\"s\",\"title\":\"t\",\"subject\":\"crime\"}}", "at columns.colour"
        ),
        (
            "{\"id\":\"x\",\"title\":\"t\",\"version\":\"1\",\"recognise\":[\"a\"],\"columns\":{\"category\":\"a\"},"
                + "\"source\":{\"id\":\"s\",\"title\":\"t\",\"subject\":\"crime\"}}", "no column says when"
        ),
        (
            "{\"id\":\"x\",\"title\":\"t\",\"version\":\"1\",\"layout\":\"tall\",\"recognise\":[],\"columns\":{},"
                + "\"source\":{\"id\":\"s\",\"title\":\"t\",\"subject\":\"crime\"}}", "at layout"
        ),
        ("{\"id\":\"x\",\"titel\":\"t\"}", "at titel"),
    ]

    @Test("A wrong mapping is refused with the place in it", arguments: wrong)
    func refused(definition: String, place: String) throws {
        let fault = try #require(throws: Fault.self) {
            try Mapping(DefinitionFile(bytes: Array(definition.utf8), path: "x.json"))
        }

        #expect(fault.description.contains(place), "\(fault)")
    }
}
