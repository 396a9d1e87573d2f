public import Governance
public import HTTP
public import Kernel

/// What answers a request, and who may ask.
public struct Endpoint: Sendable {
    /// Who may ask.
    public enum Access: Sendable {
        /// Everyone, signed in or not. The page looks after itself.
        case open
        /// People who have finished signing in.
        case signedIn
        /// People (or clients) whose roles let them do this to records of this kind at all; about the very record, the
        /// page asks the policy again.
        case permitted(AccessAction, StaticString, FieldClass = .p0)
    }

    /// Who may ask.
    public let access: Access
    /// What the operation is, for the API's document; nil for pages.
    public let operation: Operation?
    /// The answer.
    public let answer: @Sendable (Visit) throws -> Response

    /// A page.
    public init(_ access: Access, _ answer: @escaping @Sendable (Visit) throws -> Response) {
        self.access = access
        self.answer = answer
        operation = nil
    }

    /// An operation of the API. It is for clients, and for signed-in people's own pages when it is safe.
    public init(
        _ access: Access, operation: Operation, _ answer: @escaping @Sendable (Visit) throws -> Response
    ) {
        self.access = access
        self.operation = operation
        self.answer = answer
    }
}

/// What the API's document says of an operation.
public struct Operation: Sendable {
    /// Its name in programs: `listAssessments`.
    public let id: String
    /// One line.
    public let summary: String
    /// The scope that a client's token needs.
    public let scope: String
    /// The JSON schema of each parameter, by name and place.
    public let parameters: [Parameter]
    /// The JSON schema of the body, or nil for none.
    public let body: JSON?
    /// What it answers: status, description, media type and JSON schema (nil for no content).
    public let answers: [Answer]

    /// A parameter.
    public struct Parameter: Sendable {
        /// Where it stands.
        public enum Place: String, Sendable { case path, query, header }
        /// Its name.
        public let name: String
        /// Where it stands.
        public let place: Place
        /// Whether it must be given.
        public let isRequired: Bool
        /// What it is.
        public let description: String
        /// Its JSON schema.
        public let schema: JSON

        /// A parameter.
        public init(_ name: String, in place: Place, required: Bool, _ description: String, schema: JSON) {
            self.name = name
            self.place = place
            isRequired = required
            self.description = description
            self.schema = schema
        }
    }

    /// An answer.
    public struct Answer: Sendable {
        /// Its status.
        public let status: Int
        /// What it means.
        public let description: String
        /// Its media type.
        public let type: String?
        /// Its JSON schema.
        public let schema: JSON?

        /// An answer.
        public init(_ status: Int, _ description: String, type: String? = nil, schema: JSON? = nil) {
            self.status = status
            self.description = description
            self.type = type
            self.schema = schema
        }
    }

    /// An operation.
    public init(
        id: String, summary: String, scope: String, parameters: [Parameter] = [], body: JSON? = nil, answers: [Answer]
    ) {
        self.id = id
        self.summary = summary
        self.scope = scope
        self.parameters = parameters
        self.body = body
        self.answers = answers
    }
}
