import Kernel
import Testing

@testable import Documents

@Suite("Pictures without what they tell")
struct PictureCleanerTests {
    static let samples: [(kind: FileKind, bytes: [UInt8])] = [
        (.jpeg, Pictures.jpeg), (.png, Pictures.png), (.webp, Pictures.webp), (.gif, Pictures.gif),
        (.jpeg, Pictures.progressive),
    ]

    /// What Pillow, another program, finds in a picture: its points, how it is turned, and what else it knows.
    static func seen(_ bytes: [UInt8]) throws -> (points: String, turned: String, tells: String) {
        let program = """
            import sys, io, hashlib
            from PIL import Image
            im = Image.open(io.BytesIO(sys.stdin.buffer.read()))
            points = []
            for i in range(getattr(im, "n_frames", 1)):
                im.seek(i)
                points.append(hashlib.sha256(im.convert("RGBA").tobytes()).hexdigest())
            exif = im.getexif()
            known = sorted(k for k in im.info if k in ("comment", "Author", "xmp", "icc_profile", "XML:com.adobe.xmp"))
            print(",".join(points), exif.get(0x0112), sorted(k for k in exif if k != 0x0112) + known, sep="|")
            """
        let result = try ChildProcess("/usr/bin/python3", ["-I", "-c", program], seconds: 30).run(bytes)
        let parts = String(decoding: result.output, as: UTF8.self).split(separator: "|").map(String.init)
        guard parts.count == 3 else {
            throw Fault("Pillow did not read it", because: String(decoding: result.errors, as: UTF8.self))
        }
        return (parts[0], parts[1], parts[2].filter { $0 != "\n" })
    }

    @Test("What a picture tells of camera, place and people is gone; what it shows, and how it is turned, is not")
    func cleaning() throws {
        for sample in Self.samples {
            let clean = try #require(PictureCleaner.cleaned(sample.bytes, as: sample.kind), "\(sample.kind)")
            #expect(!clean.holds(ignoringCase: "secret"), "\(sample.kind)")
            let (before, after) = (try Self.seen(sample.bytes), try Self.seen(clean))
            #expect(before.points == after.points && after.tells == "[]", "\(sample.kind): \(after)")
            #expect(before.turned == after.turned, "\(sample.kind): \(after)")
            // Cleaning what is clean changes nothing.
            #expect(PictureCleaner.cleaned(clean, as: sample.kind) == clean, "\(sample.kind)")
        }
        #expect(Pictures.jpeg.holds(ignoringCase: "SecretCamera"))
        #expect(try Self.seen(Pictures.jpeg).turned == "6")
    }

    @Test("Only whole pictures of the four kinds are cleaned")
    func damaged() {
        for sample in Self.samples where sample.kind != .webp {
            // The bytes after the end belong to no picture, so half of it is surely not whole.
            #expect(PictureCleaner.cleaned(Array(sample.bytes.prefix(sample.bytes.count / 2)), as: sample.kind) == nil)
        }
        #expect(PictureCleaner.cleaned(Array(Pictures.webp.dropLast(4)), as: .webp) == nil)
        #expect(PictureCleaner.cleaned(Pictures.png, as: .jpeg) == nil)
        #expect(PictureCleaner.cleaned(Pictures.jpeg, as: .heic) == nil)
        #expect(PictureCleaner.cleaned([], as: .gif) == nil)
    }

    @Test("No bytes stop the cleaners, and nothing larger than what came goes out")
    func fuzz() {
        var random = SeededRandom(seed: 5_061_996)
        for round in 0..<8000 {
            let sample = Self.samples[random.below(Self.samples.count)]
            var bytes = sample.bytes
            for _ in 0..<1 + random.below(8) {
                let place = random.below(bytes.count)
                switch random.below(4) {
                case 0: bytes[place] = UInt8(random.below(256))
                case 1: bytes[place] = 0xFF
                case 2: bytes.remove(at: place)
                default: bytes.insert(UInt8(random.below(256)), at: place)
                }
            }
            if random.chance(0.3) { bytes = Array(bytes.prefix(random.below(bytes.count + 1))) }
            // An orientation that is kept takes at most 36 bytes of its own.
            let clean = PictureCleaner.cleaned(bytes, as: sample.kind)
            #expect(clean.map { $0.count <= bytes.count + 48 } ?? true, "round \(round)")
        }
    }
}
