import Kernel
import Testing

@testable import Documents

@Suite("What files are")
struct FileSnifferTests {
    static func zip(_ files: [(String, String)]) throws -> [UInt8] {
        var zip = ZipWriter(at: Instant(milliseconds: 0))
        var bytes: [UInt8] = []
        for (name, text) in files { bytes += try zip.add(name, Array(text.utf8)) }
        return bytes + zip.end()
    }

    static let word = [("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w:document/>")]
    static let workbook = [("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>")]
    static let odtType = "application/vnd.oasis.opendocument.text"

    /// The first bytes that each format's specification asks for.
    static let samples: [(name: String, bytes: [UInt8], kind: FileKind)] = [
        ("a.pdf", Array("%PDF-1.7\n".utf8), .pdf), ("a.JPG", [0xFF, 0xD8, 0xFF, 0xE0], .jpeg),
        ("a.jpeg", [0xFF, 0xD8, 0xFF, 0xE1], .jpeg), ("a.gif", Array("GIF89a".utf8), .gif),
        ("a.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .png),
        ("a.webp", Array("RIFF".utf8) + [4, 0, 0, 0] + Array("WEBP".utf8), .webp),
        ("a.wav", Array("RIFF".utf8) + [4, 0, 0, 0] + Array("WAVE".utf8), .wav),
        ("a.heic", [0, 0, 0, 24] + Array("ftypheic".utf8), .heic),
        ("a.mp4", [0, 0, 0, 24] + Array("ftypisom".utf8), .mp4),
        ("a.mov", [0, 0, 0, 20] + Array("ftypqt  ".utf8), .mov),
        ("a.m4a", [0, 0, 0, 24] + Array("ftypM4A ".utf8), .m4a),
        ("b.m4a", [0, 0, 0, 24] + Array("ftypmp42".utf8), .m4a),
        ("a.mp3", Array("ID3".utf8) + [4, 0], .mp3), ("b.mp3", [0xFF, 0xFB, 0x90, 0x64], .mp3),
        ("a.txt", Array("Noise again <at> 2am\r\n".utf8), .text),
        ("a.csv", Array("when,what\n1 May,noise\n".utf8), .csv),
        ("a.eml", Array("From: a@example.org\r\nSubject: Noise\r\n\r\nAgain\r\n".utf8), .email),
        ("mail.txt", Array("From: a@example.org\r\nSubject: Noise\r\n\r\nAgain\r\n".utf8), .text),
    ]

    @Test("A file is known by its bytes, and its name must say the same")
    func kinds() {
        for sample in Self.samples {
            #expect(FileSniffer.kind(of: sample.bytes, named: sample.name) == .success(sample.kind), "\(sample.name)")
            // Under another kind's name, it is refused.
            let other = sample.kind == .pdf ? "a.png" : "a.pdf"
            let refused = FileSniffer.kind(of: sample.bytes, named: other)
            guard case .failure(.disagrees) = refused else {
                Issue.record("\(sample.name) as \(other): \(refused)")
                continue
            }
        }
        #expect(FileSniffer.kind(of: [], named: "a.pdf") == .failure(.empty))
        #expect(FileSniffer.kind(of: [0x25], named: "a") == .failure(.unknownEnding))
        #expect(FileSniffer.kind(of: [0xD0, 0xCF, 0x11, 0xE0], named: "a.doc") == .failure(.unknownEnding))
    }

    @Test("Office documents are told apart by what is in them, and macros are refused under every name")
    func office() throws {
        #expect(FileSniffer.kind(of: try Self.zip(Self.word), named: "a.docx") == .success(.docx))
        #expect(FileSniffer.kind(of: try Self.zip(Self.workbook), named: "a.xlsx") == .success(.xlsx))
        #expect(FileSniffer.kind(of: try Self.zip(Self.workbook), named: "a.docx") == .failure(.disagrees(.xlsx)))
        #expect(FileSniffer.kind(of: try Self.zip([("a.txt", "a")]), named: "a.docx") == .failure(.disagrees(nil)))
        let macros = try Self.zip(Self.word + [("word/VBAproject.bin", "x")])
        #expect(FileSniffer.kind(of: macros, named: "a.docx") == .failure(.macros))
        #expect(FileSniffer.kind(of: try Self.zip(Self.word), named: "a.docm") == .failure(.macros))
        let sheets = try Self.zip(Self.workbook + [("xl/macrosheets/sheet1.xml", "x")])
        #expect(FileSniffer.kind(of: sheets, named: "a.xlsx") == .failure(.macros))
        // The type of an OpenDocument is not packed: 39 bytes of it do not get smaller.
        let text = [("mimetype", Self.odtType), ("content.xml", "<x/>")]
        #expect(FileSniffer.kind(of: try Self.zip(text), named: "a.odt") == .success(.odt))
        let basic = try Self.zip(text + [("Basic/Standard/Module1.xml", "x")])
        #expect(FileSniffer.kind(of: basic, named: "a.odt") == .failure(.macros))
        #expect(
            FileSniffer.kind(of: Array(try Self.zip(Self.word).dropLast(30)), named: "a.docx") == .failure(.damaged))
    }

    @Test("Pages, drawings and programs are refused, whatever they are called")
    func runs() {
        let harmful: [[UInt8]] = [
            Array("<!DOCTYPE html><p>x".utf8), Array("\u{FEFF}  \n<svg xmlns='x'>".utf8), Array("<ScRipt>".utf8),
            Array("<?xml version='1.0'?>".utf8), Array("MZ\u{90}".utf8), [0x7F, 0x45, 0x4C, 0x46, 2],
            Array("#!/bin/sh".utf8),
            [0xFF, 0xFE, 0x3C, 0x00, 0x68, 0x00],
        ]
        for bytes in harmful {
            for name in ["a.txt", "a.csv", "a.pdf", "a.html", "a.exe"] {
                #expect(FileSniffer.kind(of: bytes, named: name) == .failure(.runs), "\(bytes) \(name)")
            }
        }
        for name in ["a.svg", "a.HTML", "x.pdf.exe", "a.js"] {
            #expect(FileSniffer.kind(of: Array("plain".utf8), named: name) == .failure(.runs), "\(name)")
        }
    }

    @Test("No bytes stop the sniffer, and none that are cut or altered are taken for what runs not")
    func fuzz() throws {
        var random = SeededRandom(seed: 20_260_601)
        let names = FileKind.allCases.map { "a.\($0.endings[0])" }
        let seeds = Self.samples.map(\.bytes) + [try Self.zip(Self.word), try Self.zip([("mimetype", Self.odtType)])]
        for round in 0..<3000 {
            var bytes = seeds[random.below(seeds.count)]
            for _ in 0..<random.below(6) where !bytes.isEmpty {
                bytes[random.below(bytes.count)] = UInt8(random.below(256))
            }
            bytes = Array(bytes.prefix(random.below(bytes.count + 1)))
            let name = names[random.below(names.count)]
            guard case .success(let kind) = FileSniffer.kind(of: bytes, named: name) else { continue }
            #expect("a.\(kind.endings[0])" == name, "round \(round)")
        }
    }
}
