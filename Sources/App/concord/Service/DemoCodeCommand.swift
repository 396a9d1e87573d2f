import CommandLine
import Files
import Governance
import Kernel
import Secrets

/// `concord demo code`: what the authenticator app of a demo sign-in would show now.
enum DemoCodeCommand: Command {
    static let spec = CommandSpec(
        "demo code", "Print the second-factor code of a demo sign-in.",
        details: "Only for the demo partnership: nobody's real secret is ever kept where this could read it.",
        arguments: "EMAIL", options: Installation.options, example: "concord demo code analyst@obbwade.example")

    static func run(_ arguments: ParsedArguments, progress: Progress) throws {
        let installation = try Installation(arguments)
        let path = DemoPeople.file(installation)
        guard FileSystem.exists(path) else {
            throw Fault("There are no demo sign-ins", at: path, remedy: "Run concord init --demo.")
        }
        let secrets = try JSON(parsing: FileSystem.read(path, limit: 1 << 16), from: path)
        guard let email = arguments.arguments.first, case .string(let text)? = secrets[email], !text.isEmpty,
            let code = TOTP.code(unbase32(text), at: Clock.system.now())
        else {
            throw WrongUse(
                "Name a demo sign-in that has a second factor: "
                    + DemoPeople.people.map(\.email).joined(separator: ", ") + ".")
        }
        Output.line(code)
    }

    private static func unbase32(_ text: String) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
        var bits: UInt32 = 0
        var count = 0
        var out: [UInt8] = []
        for byte in text.utf8 {
            bits = bits << 5 | UInt32(alphabet.firstIndex(of: byte) ?? 0)
            count += 5
            if count >= 8 {
                count -= 8
                out.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return out
    }
}
