// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The kind of each instruction of Thumb, by its mnemonic without suffixes, and the bytes that loads
// and stores move per register. Shifted operands, doubles and the like are looked at afterwards.

#ifndef INGOT_SIM_CORE_ARM_INSTRUCTIONS_H
#define INGOT_SIM_CORE_ARM_INSTRUCTIONS_H

#include <array>
#include <string_view>

#include "sim/core/instruction.h"

namespace ingot::sim {

struct ArmInstructions {
    InstructionKind kind;
    int bytes;
    std::string_view names;  // Separated by single spaces.
};

// clang-format off
inline constexpr std::array kArmInstructions = std::to_array<ArmInstructions>({
    {kAlu,                0, "adc add addw adr and bic cmn cmp eor mov movt movw"},
    {kAlu,                0, "mvn orn orr rsb sbc sub subw teq tst"},
    {kNop,                0, "nop yield sev dbg hint clrex"},
    {kShift,              0, "asr lsl lsr ror rrx"},
    {kBitField,           0, "bfc bfi sbfx ubfx"},
    {kExtend,             0, "sxtb sxtb16 sxth uxtb uxtb16 uxth"},
    {kExtend,             0, "sxtab sxtab16 sxtah uxtab uxtab16 uxtah pkhbt pkhtb"},
    {kReverse,            0, "rbit rev rev16 revsh"},
    {kCountBits,          0, "clz"},
    {kSimd,               0, "sadd16 sadd8 sasx ssax ssub16 ssub8"},
    {kSimd,               0, "shadd16 shadd8 shasx shsax shsub16 shsub8"},
    {kSimd,               0, "uadd16 uadd8 uasx usax usub16 usub8"},
    {kSimd,               0, "uhadd16 uhadd8 uhasx uhsax uhsub16 uhsub8 sel"},
    {kSaturate,           0, "qadd qadd16 qadd8 qasx qdadd qdsub qsax qsub qsub16"},
    {kSaturate,           0, "qsub8 uqadd16 uqadd8 uqasx uqsax uqsub16 uqsub8"},
    {kSaturate,           0, "ssat ssat16 usat usat16 usad8 usada8"},
    {kMultiply,           0, "mul smulbb smulbt smultb smultt smulwb smulwt"},
    {kMultiply,           0, "smmul smmulr smuad smuadx smusd smusdx"},
    {kMultiplyAdd,        0, "mla mls smlabb smlabt smlatb smlatt smlawb smlawt"},
    {kMultiplyAdd,        0, "smlad smladx smlsd smlsdx smmla smmlar smmls smmlsr"},
    {kMultiplyLong,       0, "smull umull"},
    {kMultiplyLongAdd,    0, "smlal smlalbb smlalbt smlald smlaldx smlaltb smlaltt"},
    {kMultiplyLongAdd,    0, "smlsld smlsldx umaal umlal"},
    {kDivide,             0, "sdiv udiv"},
    {kLoad,               4, "ldr ldrt lda"},
    {kLoadNarrow,         1, "ldrb ldrbt ldrsb ldrsbt ldab"},
    {kLoadNarrow,         2, "ldrh ldrht ldrsh ldrsht ldah"},
    {kLoadDouble,         4, "ldrd"},
    {kLoadMultiple,       4, "ldm ldmdb"},
    {kPop,                4, "pop"},
    {kLoadExclusive,      4, "ldrex ldaex"},
    {kLoadExclusive,      1, "ldrexb ldaexb"},
    {kLoadExclusive,      2, "ldrexh ldaexh"},
    {kStore,              4, "str strt stl"},
    {kStore,              1, "strb strbt stlb"},
    {kStore,              2, "strh strht stlh"},
    {kStoreDouble,        4, "strd"},
    {kStoreMultiple,      4, "stm stmdb"},
    {kPush,               4, "push"},
    {kStoreExclusive,     4, "strex stlex"},
    {kStoreExclusive,     1, "strexb stlexb"},
    {kStoreExclusive,     2, "strexh stlexh"},
    {kPreload,            0, "pld pli pldw"},
    {kBranch,             0, "b"},
    {kCompareAndBranch,   0, "cbz cbnz"},
    {kBranchRegister,     0, "bx"},
    {kCall,               0, "bl"},
    {kCallRegister,       0, "blx"},
    {kTableBranch,        1, "tbb"},
    {kTableBranch,        2, "tbh"},
    {kIfThen,             0, "it"},
    {kWait,               0, "wfe wfi"},
    {kDataBarrier,        0, "dmb dsb"},
    {kInstructionBarrier, 0, "isb"},
    {kStatusRead,         0, "mrs"},
    {kStatusWrite,        0, "msr"},
    {kChangeState,        0, "cps"},
    {kSupervisorCall,     0, "svc"},
    {kBreakpoint,         0, "bkpt udf"},
    {kFloatMove,          0, "vabs vmov vneg vseleq vselge vselgt vselvs"},
    {kFloatStatus,        0, "vmrs vmsr"},
    {kFloatCompare,       0, "vcmp vcmpe"},
    {kFloatConvert,       0, "vcvt vcvta vcvtb vcvtm vcvtn vcvtp vcvtr vcvtt"},
    {kFloatConvert,       0, "vrinta vrintm vrintn vrintp vrintr vrintx vrintz"},
    {kFloatAdd,           0, "vadd vsub vmaxnm vminnm"},
    {kFloatMultiply,      0, "vmul vnmul"},
    {kFloatMultiplyAdd,   0, "vfma vfms vfnma vfnms vmla vmls vnmla vnmls"},
    {kFloatDivide,        0, "vdiv"},
    {kFloatRoot,          0, "vsqrt"},
    {kFloatLoad,          4, "vldr"},
    {kFloatLoadMultiple,  4, "vldmia vldmdb vpop fldmiax fldmdbx"},
    {kFloatStore,         4, "vstr"},
    {kFloatStoreMultiple, 4, "vstmia vstmdb vpush fstmiax fstmdbx"},
});
// clang-format on

}  // namespace ingot::sim

#endif
