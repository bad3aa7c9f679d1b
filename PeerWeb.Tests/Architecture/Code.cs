using Mono.Cecil;
using PeerWeb.Core.Entries;

namespace PeerWeb.Tests.Architecture;

/// <summary>A type of ours with all types it refers to, those of its nested types, lambdas and state machines included.</summary>
/// <param name="Name">Full name of the outermost type.</param>
/// <param name="References">Full names.</param>
/// <param name="Calls"><c>Type::Method</c>.</param>
internal sealed record CodeType(string Name, string Namespace, IReadOnlySet<string> References, IReadOnlySet<string> Calls)
{
    public bool IsIn(string space) => Code.IsBelow(Namespace, space);
}

/// <summary>The product as the compiler left it: who refers to whom, in signatures and in bodies.</summary>
/// <remarks>Read from the instructions, because what is only awaited, yielded or captured stands in no signature.</remarks>
internal static class Code
{
    public static IReadOnlyList<CodeType> Types { get; } = [.. Read(typeof(IApp)).Concat(Read(typeof(Program)))];

    /// <summary>The types of a test's own; to try the rules on.</summary>
    public static IReadOnlyList<CodeType> Tests { get; } = [.. Read(typeof(Code))];

    public static IEnumerable<CodeType> In(params string[] spaces) => Types.Where(type => spaces.Any(type.IsIn));

    public static IEnumerable<CodeType> OutsideOf(params string[] spaces) => Types.Where(type => !spaces.Any(type.IsIn));

    /// <summary>Whether a full name lies in a namespace or below, or is the type of that name or nested in it.</summary>
    public static bool IsBelow(string name, string space) =>
        name == space || name.StartsWith(space + ".", StringComparison.Ordinal) || name.StartsWith(space + "/", StringComparison.Ordinal);

    /// <summary>Each reference that leads below one of <paramref name="to"/>, as a line to read.</summary>
    public static IReadOnlyList<string> References(IEnumerable<CodeType> among, params IEnumerable<string> to)
    {
        var forbidden = to.ToList();
        return [.. from type in among
                   from name in type.References
                   where forbidden.Exists(space => IsBelow(name, space))
                   let line = $"{type.Name} -> {name}"
                   orderby line
                   select line];
    }

    private static List<CodeType> Read(Type anyOf)
    {
        using var module = ModuleDefinition.ReadModule(anyOf.Assembly.Location);
        return [.. module.Types.Where(type => IsBelow(type.Namespace, "PeerWeb") || type.Namespace.StartsWith("Fluxor", StringComparison.Ordinal)).Select(Read)];
    }

    private static CodeType Read(TypeDefinition outermost)
    {
        var types = WithNested(outermost).ToList();
        var instructions = types.SelectMany(type => type.Methods).Where(method => method.HasBody).SelectMany(method => method.Body.Instructions)
            .Select(instruction => instruction.Operand).ToList();
        var references = types.SelectMany(Signatures)
            .Concat(instructions.SelectMany(operand => operand switch
            {
                TypeReference type => [type],
                MethodReference method => Signature(method).Append(method.DeclaringType),
                FieldReference field => [field.FieldType, field.DeclaringType],
                _ => Array.Empty<TypeReference>(),
            }))
            .SelectMany(Parts).Select(type => type.FullName);
        var calls = instructions.OfType<MethodReference>().Select(method => $"{method.DeclaringType.FullName}::{method.Name}");
        return new CodeType(outermost.FullName, outermost.Namespace, references.ToHashSet(), calls.ToHashSet());
    }

    private static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    private static IEnumerable<TypeReference> Signatures(TypeDefinition type)
    {
        var attributes = type.CustomAttributes.Concat(type.Methods.SelectMany(method => method.CustomAttributes)).Concat(type.Properties.SelectMany(property => property.CustomAttributes));
        return type.Interfaces.Select(implemented => implemented.InterfaceType)
            .Concat(type.BaseType is null ? [] : [type.BaseType])
            .Concat(type.Fields.Select(field => field.FieldType))
            .Concat(type.Methods.SelectMany(Signature))
            .Concat(type.Methods.Where(method => method.HasBody).SelectMany(method => method.Body.Variables).Select(variable => variable.VariableType))
            .Concat(attributes.Select(attribute => attribute.AttributeType));
    }

    private static IEnumerable<TypeReference> Signature(MethodReference method) =>
        method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType)
            .Concat(method is GenericInstanceMethod generic ? generic.GenericArguments : []);

    /// <summary>A list of contexts is a reference to a list and to a context.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification specified => Parts(specified.ElementType),
        _ => [type],
    };
}
